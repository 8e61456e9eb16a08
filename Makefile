# make check is what the continuous integration runs. The other targets are its
# parts and the longer runs.

GO ?= go
PACKAGES ?= ./...
FUZZTIME ?= 20s

.PHONY: check prepare test memory race mail readers findbar browser openapi deploy verapdf lint tidy vulnerabilities fuzz fuzz-brief soak load bench golden looks fonts demo build clean

check: prepare lint tidy openapi memory race mail readers browser deploy fuzz-brief demo verapdf vulnerabilities

# prepare installs what the tests need beside Go, where it may: see the script.
prepare:
	sh scripts/prepare.sh

# test is the quick run: some ten seconds after the first build.
test:
	$(GO) test $(PACKAGES)

# race is the whole test run, in random order, with the race detector.
race:
	sh scripts/race.sh $(PACKAGES)

# memory counts what is allocated, which the race detector distorts.
memory:
	$(GO) test -count=1 -run 'TestWorstPages|TestLargeBody' ./extract ./server

# mail holds the mailer against Postfix, aiosmtpd, Python's email, dkimpy,
# Mail::DKIM, SpamAssassin and a browser, all on loopback.
mail:
	sh mailer/integration/check.sh

# readers takes the text out of finished PDFs with ten readers, and searches in five.
readers:
	GO="$(GO)" sh internal/readers/check.sh

# findbar types phrases into the find bar of a Chromium on a screen of its own.
findbar:
	sh internal/readers/findbar.sh

# browser tries the readers' buttons in Chromium.
browser:
	sh server/browser/check.sh

# openapi holds the service's OpenAPI document against @redocly/cli.
openapi:
	GO="$(GO)" sh server/openapi-lint/check.sh

# deploy builds the container's program and runs it in an empty root.
deploy:
	sh deploy/check.sh

# verapdf holds PDFs against veraPDF, from Maven Central, where that can be had.
verapdf:
	GO="$(GO)" sh scripts/verapdf.sh

lint:
	sh scripts/lint.sh

# tidy fails when go.mod or go.sum is not what the code needs.
tidy:
	$(GO) mod tidy -diff

vulnerabilities:
	sh scripts/vulnerabilities.sh

# fuzz runs each fuzz target for FUZZTIME; fuzz-brief, for a few seconds.
fuzz:
	sh scripts/fuzz.sh $(FUZZTIME)

fuzz-brief:
	sh scripts/fuzz.sh 3s

# soak is for a night: tests many times over in random order, then long fuzzing.
soak:
	$(GO) test -race -shuffle=on -count=20 $(PACKAGES)
	OFFPRINT_SOAK=1 $(GO) test -run 'Kill|Outage' -count=1 -timeout 60m -v ./internal/queue ./internal/callback
	sh scripts/fuzz.sh 10m

# load puts a running service under load, and beside a Chromium that runs, too.
load:
	$(GO) run ./bench/service

bench:
	$(GO) test -run '^$$' -bench . -benchmem $(PACKAGES)

# golden accepts what the tests made as what they should make. Read the diff.
golden:
	UPDATE_GOLDEN=1 $(GO) test $(PACKAGES)

# looks compares how the pages look, as two programs draw them, with those of the
# revision BEFORE.
BEFORE ?= HEAD
looks:
	sh scripts/looks.sh $(BEFORE)

# fonts fetches the embedded faces again and checks their hashes. Needs npm.
fonts:
	sh fonts/refresh.sh

demo: build
	./bin/offprint demo

build:
	$(GO) build -o bin/offprint ./cmd/offprint

clean:
	rm -rf bin build offprint-demo
