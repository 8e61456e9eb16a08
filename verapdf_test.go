//go:build verapdf

package offprint_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offprint/typeset"
)

// TestVeraPDF holds the corpus against veraPDF, whose jar OFFPRINT_VERAPDF names: make
// verapdf sets it. Not one rule may fail.
func TestVeraPDF(t *testing.T) {
	jar := os.Getenv("OFFPRINT_VERAPDF")
	if jar == "" {
		t.Skip("OFFPRINT_VERAPDF names no veraPDF: run make verapdf")
	}
	dir := t.TempDir()
	files := map[typeset.Profile][]string{}
	for i, s := range corpus(t) {
		doc := s.lay(t)
		for _, p := range profiles {
			if p != typeset.ProfileA2a && i%7 != 0 {
				continue // the objects are the same: some are enough
			}
			file := filepath.Join(dir, s.name+"."+string(p)+".pdf")
			if err := os.WriteFile(file, drawn(t, doc, p), 0o600); err != nil {
				t.Fatal(err)
			}
			files[p] = append(files[p], file)
		}
	}
	for flavour, judged := range map[string][]string{
		"ua1": slices.Concat(files[typeset.ProfileA2a], files[typeset.ProfileUA], files[typeset.ProfileA3a]),
		"2a":  files[typeset.ProfileA2a],
		"2u":  files[typeset.ProfileA2u],
		"3a":  files[typeset.ProfileA3a],
	} {
		t.Run(flavour, func(t *testing.T) {
			for file, says := range judge(t, jar, flavour, judged) {
				t.Errorf("%s: %s", filepath.Base(file), says)
			}
		})
	}
	plain := files[typeset.ProfilePlain][:1]
	if len(judge(t, jar, "ua1", plain)) != 1 {
		t.Error("veraPDF finds no fault with a file without tags: it cannot fail")
	}
}

// judge runs veraPDF once over all files, and gives what it says of those that fail.
func judge(t *testing.T, jar, flavour string, files []string) map[string]string {
	t.Helper()
	args := []string{"-cp", jar, "org.verapdf.apps.GreenfieldCliWrapper", "-f", flavour, "--format", "xml"}
	out, err := exec.Command("java", append(args, files...)...).Output()
	var report struct {
		Jobs []struct {
			Name   string `xml:"item>name"`
			Report struct {
				Compliant bool `xml:"isCompliant,attr"`
				Details   struct {
					Passed int `xml:"passedRules,attr"`
					Failed int `xml:"failedRules,attr"`
					Rules  []struct {
						Status string `xml:"status,attr"`
						Clause string `xml:"clause,attr"`
						Test   string `xml:"testNumber,attr"`
						Says   string `xml:"description"`
						Check  []struct {
							Where string `xml:"context"`
						} `xml:"check"`
					} `xml:"rule"`
				} `xml:"details"`
			} `xml:"validationReport"`
		} `xml:"jobs>job"`
	}
	if bad := xml.Unmarshal(out, &report); bad != nil {
		t.Fatalf("veraPDF: %v; its report: %v", err, bad)
	}
	if len(report.Jobs) != len(files) {
		t.Fatalf("veraPDF judged %d of %d files", len(report.Jobs), len(files))
	}
	faults := map[string]string{}
	failed, fewest := 0, 1<<30
	for _, job := range report.Jobs {
		failed += job.Report.Details.Failed
		fewest = min(fewest, job.Report.Details.Passed)
		if job.Report.Compliant && job.Report.Details.Failed == 0 {
			continue
		}
		says := []string{}
		for _, rule := range job.Report.Details.Rules {
			if rule.Status == "failed" {
				where := ""
				if len(rule.Check) > 0 {
					where = rule.Check[0].Where
				}
				says = append(says, fmt.Sprintf("%s test %s: %s (%s)", rule.Clause, rule.Test, rule.Says, where))
			}
		}
		faults[job.Name] = strings.Join(says, "\n\t")
	}
	t.Logf("%s: %d files, %d failed rules, at least %d rules passed in each", flavour, len(files), failed, fewest)
	return faults
}
