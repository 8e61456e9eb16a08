#!/bin/sh
# Ghostscript 10.00.0, devices txtwrite and pdfwrite: where a ToUnicode CMap maps a code to
# a character beyond U+FFFF, which is written as a surrogate pair (ISO 32000-1 §9.10.3), the
# second byte of the pair stands in place of the third. U+282E2, D860 DEE2, comes out as
# D860 60E2: half a pair and 惢. The text of a file that pdfwrite made smaller is lost to
# every reader, though the picture is right. Poppler reads the file before it as it is.
#
# Seen: 升降機𨋢 (a lift, in Hong Kong) by fpdf2 2.8.3 in Noto Sans HK, taken out by
# pdftotext before and behind pdfwrite.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
for tool in gs pdftotext; do
	command -v $tool >/dev/null || { echo "this needs $tool (Debian: ghostscript, poppler-utils)" >&2; exit 2; }
done
gs --version | tee version
python3 -m venv env
env/bin/pip install -q fpdf2==2.8.3 2>/dev/null
npm pack --silent @expo-google-fonts/noto-sans-hk@0.4.3 >/dev/null
tar xzf expo-google-fonts-noto-sans-hk-0.4.3.tgz
cat >page.py <<'PY'
from fpdf import FPDF

page = FPDF()
page.add_page()
page.add_font("HK", "", "package/400Regular/NotoSansHK_400Regular.ttf")
page.set_font("HK", size=20)
page.cell(0, 12, "升降機𨋢")
page.output("page.pdf")
PY
env/bin/python page.py
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -sOutputFile=smaller.pdf page.pdf
cat >codes.py <<'PY'
import subprocess
import sys

for name in sys.argv[1:]:
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", name, "-"], capture_output=True).stdout.decode()
    print(name + ":", " ".join("%04X" % ord(c) for c in text if c > " "))
PY
python3 codes.py page.pdf smaller.pdf | tee seen
cat >want <<'WANT'
page.pdf: 5347 964D 6A5F 282E2
smaller.pdf: 5347 964D 6A5F FFFD 60E2
WANT
diff want seen && test "$(cat version)" = 10.00.0 || { echo "this has changed"; exit 1; }
