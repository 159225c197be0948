"""beleidsbeheer: change a school regulation and prove it was done properly."""

__version__ = "0.1.0"
