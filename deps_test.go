package offprint

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A program that prints links no mail: neither our mailer nor the modules that
// it is built on. Package letter is for programs that mail.
func TestPrintingLinksNoMail(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	linked := strings.Fields(string(out))
	if !slices.Contains(linked, "offprint/render/pdf") {
		t.Fatalf("go list -deps names %d packages, and not those of printing", len(linked))
	}
	for _, name := range linked {
		for _, mail := range []string{"offprint/mailer", "offprint/letter", "net/smtp", "/go-mail", "/go-msgauth"} {
			if strings.Contains(name, mail) {
				t.Errorf("package offprint links %s", name)
			}
		}
	}
}
