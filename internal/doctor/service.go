package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"offprint/internal/callback"
	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/internal/keys"
	"offprint/server/hook"
)

// checkService looks at what a service needs beside what printing and mailing do.
func (d *doctor) checkService(ctx context.Context) []Finding {
	if d.config == nil || !d.config.SetsService() {
		return []Finding{skipped("service", "nothing of it is set up; offprint serve runs with no configuration, too")}
	}
	found := d.checkFolders()
	found = append(found, d.checkAddress(ctx, "serve.listen", d.config.ListenAddress()),
		d.checkAddress(ctx, "serve.admin_listen", d.config.AdminAddress()))
	found = append(found, Secrets(d.config)...)
	found = append(found, d.checkRing()...)
	for _, a := range d.config.Advise() {
		found = append(found, warning("service", a.Hint, "%s", a.What))
	}
	return found
}

// checkFolders looks whether data_dir and store.dir can be written to by us, and
// are ours: what root makes there locks the service out.
func (d *doctor) checkFolders() []Finding {
	var found []Finding
	folders := []string{d.config.DataDir}
	if filepath.Dir(d.config.Store.Dir) != d.config.DataDir {
		folders = append(folders, d.config.Store.Dir)
	}
	for _, folder := range folders {
		check := "folder " + folder
		at, made := nearestFolder(folder)
		switch err := tryWriting(at); {
		case err != nil:
			found = append(found, fault(Broken, check,
				"make it, and give it to the user that the service runs as: install -d -m 700 -o offprint "+folder,
				"%s: %v", at, hint.Reason(err)))
		case !made:
			found = append(found, ok(check, "it is made at the first start"))
		default:
			found = append(found, ownFolder(check, folder))
		}
	}
	return found
}

// nearestFolder gives a folder, or the nearest one above it that is there.
func nearestFolder(folder string) (at string, made bool) {
	for at = folder; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			return at, at == folder
		}
	}
}

// ownFolder judges a folder that can be written to.
func ownFolder(check, folder string) Finding {
	if uid, known := ownerOf(folder); known && uid != os.Geteuid() {
		return warning(check, "do this as the service's user: runuser -u offprint -- offprint doctor",
			"it is another user's (%d): what this one (%d) makes there locks the service out", uid, os.Geteuid())
	}
	if free, known := freeBytes(folder); known && free < minFree {
		return warning(check, "make room, or shorten store.keep and limits.retention", "only %d MB are free", free>>20)
	}
	return ok(check, "it can be written to")
}

// checkAddress looks whether the service can listen at an address, or does.
func (d *doctor) checkAddress(ctx context.Context, key, address string) Finding {
	l, err := net.Listen("tcp", address)
	if err == nil {
		l.Close()
		return ok(key, "%s is free", address)
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		return fault(Setup, key, "ports below 1024 are root's: listen at 8080, with a proxy before it", "%v", err)
	}
	if name := d.whoAnswers(ctx, address); name != "" {
		return ok(key, "%s answers at %s", name, address)
	}
	return fault(Setup, key, "choose another, or stop what is there: ss -ltnp", "another program listens at %s", address)
}

// whoAnswers gives the name and version of an offprint that listens, "" when it is
// another program.
func (d *doctor) whoAnswers(ctx context.Context, address string) string {
	ctx, cancel := context.WithTimeout(ctx, min(d.Timeout, 5*time.Second))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+config.Reachable(address)+"/version", nil)
	if err != nil {
		return ""
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	var v struct{ Name, Version, Type string }
	err = json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&v)
	switch {
	case err == nil && v.Name == "offprint":
		return "offprint " + v.Version
	case err == nil && strings.HasPrefix(v.Type, "/problems/"):
		return "offprint" // its operator's pages say no more to strangers
	}
	return ""
}

// Secrets reads what hooks and callbacks are signed with, as the service does.
func Secrets(c *config.Config) []Finding {
	const advice = "openssl rand -hex 32 makes a secret; the service's user must be able to read its file"
	var found []Finding
	for _, name := range slices.Sorted(maps.Keys(c.Hooks)) {
		check := "hook " + name
		one := c.Hooks[name]
		one.Print = c.Print
		if err := readHookSecrets(name, one); err != nil {
			found = append(found, fault(Setup, check, advice, "%s", hint.Joined(err)))
			continue
		}
		found = append(found, ok(check, "its secrets can be read"))
	}
	if file := c.Callbacks.SecretFile; file != "" {
		if _, err := callback.ReadSecrets(file); err != nil {
			found = append(found, fault(Setup, "callbacks", `echo "whsec_$(openssl rand -base64 32)" makes a secret`,
				"%s", hint.Joined(err)))
		} else {
			found = append(found, ok("callbacks", "their secrets can be read"))
		}
	}
	return found
}

// readHookSecrets makes the hook's receiver, as the service does.
func readHookSecrets(name string, c hook.Config) error {
	var secrets []string
	if c.SecretFile != "" {
		text, err := os.ReadFile(c.SecretFile)
		if err != nil {
			return fmt.Errorf("read %s: %w", c.SecretFile, hint.Reason(err))
		}
		secrets = hook.ParseSecrets(text)
	}
	_, err := hook.New(name, c, secrets)
	return err
}

// checkRing looks for keys, without which nobody can use a public service.
func (d *doctor) checkRing() []Finding {
	const check = "keys"
	if !isFolder(d.config.DataDir) {
		return nil // Open would make it
	}
	ring, err := keys.Open(d.config.DataDir)
	if err != nil {
		return []Finding{fault(Setup, check, hint.Of(err), "%v", err)}
	}
	all, err := ring.List()
	if err != nil {
		return []Finding{fault(Setup, check, hint.Of(err), "%v", err)}
	}
	active := 0
	var advised []Finding
	for i := range all {
		if all[i].State(d.now()) != keys.IsActive {
			continue
		}
		active++
		if advice := all[i].Advice(); advice != "" {
			advised = append(advised, warning(check, "offprint keys revoke "+all[i].ID, "%s", advice))
		}
	}
	if active == 0 && d.config.Site.PublicURL != "" {
		return []Finding{warning(check, "offprint keys create NAME --scope print",
			"there are none: programs on other machines cannot use the service")}
	}
	return append(advised, ok(check, "%d can be used", active))
}
