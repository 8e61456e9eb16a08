#!/bin/sh
# Holds the PDFs of the corpus against veraPDF: PDF/UA-1, PDF/A-2a, 2u and 3a. Where
# there is no Java, no Maven, or nothing to be fetched with it, it says so and is
# content: internal/pdfcheck holds them against the same rules in any case.
set -eu
cd "$(dirname "$0")/.."
jar=$PWD/build/verapdf/greenfield-apps-1.28.2.jar
sum=687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6

without() {
	echo "verapdf: $1: veraPDF did not judge the PDFs"
	exit 0
}

command -v java >/dev/null || without "no java"
if [ ! -e "$jar" ]; then
	command -v mvn >/dev/null || without "no Maven"
	timeout 300 mvn -q -B -f scripts/verapdf/pom.xml dependency:copy-dependencies >/dev/null 2>&1 ||
		without "Maven cannot fetch it"
fi
echo "$sum  $jar" | sha256sum -c --quiet
OFFPRINT_VERAPDF=$jar "${GO:-go}" test -count=1 -tags verapdf -run '^TestVeraPDF$' -v .
