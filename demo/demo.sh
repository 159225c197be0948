#!/usr/bin/env bash
# The main job, first on the real register in this repository, then a small life of a new one in a scratch
# folder with keys that are thrown away. Needs `beleid` on the PATH; touches nothing outside its scratch.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CONFIG_HOME=$scratch/config
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export COLUMNS=${COLUMNS:-110}

say() { printf '\n\033[1m── %s\033[0m\n\n' "$*"; }
show() {
	printf '$'
	for word in "$@"; do
		case $word in *[[:space:]]*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
	done
	printf '\n'
}
run() { show "$@"; "$@"; }
expect_failure() {
	show "$@"
	if "$@"; then
		echo "Dit had moeten mislukken." >&2
		exit 1
	fi
}

say "1. Het echte register: het privacyreglement van LOVK"
run beleid versietabel privacyreglement
run beleid status
# A copy without its whole history (a CI checkout, a zip) is judged as far as that goes; it still must be sound.
run beleid verifieer

say "2. Een nieuw register, met sleutels die we zo weer weggooien"
cd "$scratch"
run beleid begin proefschool --organisatie "De Proefschool" --sector po --orgaan MR --zonder-wachtwoord
cd proefschool
run beleid nieuw privacyreglement --titel "Privacyreglement De Proefschool"
run beleid registreer privacyreglement 0.1 --omschrijving "Eerste concept"

say "3. De tekst verandert"
printf '3. Dit reglement wordt elke drie jaar bekeken.\n' >>reglement/privacyreglement/reglement.md
run git --no-pager diff --word-diff=plain --stat -p -- reglement
run beleid status || true
run beleid registreer privacyreglement 0.2 --omschrijving "Elke drie jaar bekijken"
run beleid versietabel privacyreglement
run beleid verifieer

say "4. Iemand verandert één byte van een vaste tekst"
sed -i.oud '0,/reglement/s//Reglement/' reglement/privacyreglement/versies/0.1.md
rm -f reglement/privacyreglement/versies/0.1.md.oud
expect_failure beleid verifieer

say "Dat was het. Probeer nu zelf:"
cat <<'EINDE'
  source .venv/bin/activate
  beleid --help                                   alle opdrachten
  beleid versietabel privacyreglement --bron      de ruwe cellen van het oude document
  beleid rooster toon                             wie wat mag tekenen
  beleid begin ../mijnschool --organisatie "Mijn school" --sector po --orgaan MR
  docs/handleiding.md                             de handleiding
EINDE
