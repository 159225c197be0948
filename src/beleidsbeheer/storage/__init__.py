"""What touches the disk: the folder, git, private keys, and what this clone remembers."""
