#!/usr/bin/env bash
# The main job, first on the real register in this repository; then the whole life of its version 0.3, in a
# scratch folder with keys that are thrown away. Needs `beleid` on the PATH; touches nothing outside its scratch.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export COLUMNS=${COLUMNS:-110}
# everybody works on a computer of their own: a folder for the keys of each
home() { printf '%s/computer-van-%s' "$scratch" "$1"; }
who=secretaris
export XDG_CONFIG_HOME
XDG_CONFIG_HOME=$(home $who)

say() { printf '\n\033[1m── %s\033[0m\n\n' "$*"; }
show() {
	printf '%s$' "$who"
	for word in "$@"; do
		case $word in *[[:space:]]*) printf ' "%s"' "$word" ;; *) printf ' %s' "${word/#$scratch/…}" ;; esac
	done
	printf '\n'
}
run() { show "$@"; "$@"; }
refused() {
	show "$@"
	if "$@"; then
		echo "Dit had moeten worden geweigerd." >&2
		exit 1
	fi
	echo
}
today=$(date +%Y-%m-%d)
first_of_next_month=$(date +%Y-%m-01 -d "$(date +%Y-%m-15) +1 month" 2>/dev/null ||
	date -v15d -v+1m +%Y-%m-01) # GNU, else BSD

say "1. Het echte register: het privacyreglement van LOVK"
run beleid versietabel privacyreglement
run beleid status
# A copy without its whole history (a CI checkout, a zip) is judged as far as that goes; it still must be sound.
run beleid verifieer

say "2. Een register om te proberen, met sleutels die we zo weer weggooien"
cd "$scratch"
run beleid begin school --organisatie "LOVK (proef)" --sector po --orgaan MR --zonder-wachtwoord
cd school
mkdir "$scratch/oud"
cp "$here/demo/overname.toml" "$here/reglement/privacyreglement/versies/0.2.md" "$scratch/oud"
run beleid neem-over privacyreglement --uit "$scratch/oud/overname.toml"

say "3. Raad, bestuur en publicist krijgen een plaats in het rooster, elk met een eigen sleutel"
as() {
	who=$1 XDG_CONFIG_HOME=$(home "$1")
	shift
	"$@"
	who=secretaris XDG_CONFIG_HOME=$(home secretaris)
}
for role in mr-personeel bestuur publicist; do
	as "$role" beleid sleutel maak --naam "$role" --zonder-wachtwoord >/dev/null
	run beleid rooster voorstel --persoon "$role" --rol "$role" \
		--sleutel-van "$(home "$role")/beleidsbeheer/sleutels/$role.pub"
	as "$role" run beleid rooster aanvaard
done

say "4. Versie 0.3: artikel 13a over online lessen"
cp "$here/reglement/privacyreglement/versies/0.3.md" reglement/privacyreglement/reglement.md
run beleid registreer privacyreglement 0.3 --omschrijving "Artikel 13a over online lessen"
as bestuur refused beleid vaststellen privacyreglement 0.3 --inwerking "$first_of_next_month"

say "5. Het bestuur legt haar voor; de tool zoekt uit wie op welk artikel moet instemmen"
run beleid voorleggen privacyreglement 0.3 --aan MR \
	--beweegredenen "Lessen gaan ook online; daar horen regels bij." \
	--gevolgen "Wie online lesgeeft of les krijgt, weet wat er wordt bewaard." \
	--maatregelen "Uitleg in het team en in de nieuwsbrief voor ouders."
as bestuur refused beleid vaststellen privacyreglement 0.3 --inwerking "$first_of_next_month"

say "6. De personeelsgeleding tekent zelf; de ouders sturen een brief"
as mr-personeel run beleid instemming privacyreglement 0.3 --geleding personeel --uitkomst ingestemd \
	--vergadering "$today" --kenmerk "PMR 12"
as bestuur refused beleid vaststellen privacyreglement 0.3 --inwerking "$first_of_next_month"
sed -i.oud 's/medewerkers, bezoekers/personeelsleden, bezoekers/' reglement/privacyreglement/reglement.md
rm -f reglement/privacyreglement/reglement.md.oud
echo "(iemand verandert intussen een woord in de werktekst)"
run beleid status
git checkout --quiet -- reglement
printf 'De oudergeleding stemt in met versie 0.3 van het privacyreglement.\n' >"$scratch/brief-omr.txt"
run beleid instemming privacyreglement 0.3 --geleding ouders --uitkomst ingestemd \
	--vergadering "$today" --kenmerk "OMR 7" --ontvangen --brief "$scratch/brief-omr.txt"
run beleid status

say "7. Definitief; het bestuur stelt vast per $first_of_next_month en maakt bekend"
as bestuur run beleid vaststellen privacyreglement 0.3 --inwerking "$first_of_next_month" --besluitnummer "B-13"
as publicist run beleid bekendmaken privacyreglement 0.3 --datum "$today" --waar https://www.example.nl/privacyreglement
run beleid versietabel privacyreglement
run beleid geldend
run beleid geldend --op "$first_of_next_month"
run beleid verifieer

say "8. Zoeken in wat geldt en wat komt, en het overzicht voor het bestuur"
run beleid zoek "online lessen" --alle-versies
run beleid zoek --verwijst-naar klachtenregeling
run beleid overzicht
run beleid index --controleer

say "9. Iemand verandert één woord in de vastgestelde tekst: alles wat daarop rust valt"
sed -i.oud '0,/bewaard/s//gewist/' reglement/privacyreglement/versies/0.3.md
rm -f reglement/privacyreglement/versies/0.3.md.oud
refused beleid verifieer
refused beleid geldend

say "Dat was het. Probeer nu zelf:"
cat <<'EINDE'
  source .venv/bin/activate
  beleid --help                                   alle opdrachten
  beleid versietabel privacyreglement --bron      de ruwe cellen van het oude document
  beleid zoek bewaartermijn                       zoeken in wat geldt
  beleid status                                   wat geldt, wat loopt, wie aan de beurt is
  beleid begin ../mijnschool --organisatie "Mijn school" --sector po --orgaan MR
  docs/handleiding.md                             de handleiding
EINDE
