package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"offprint": main})
}

// TestScripts runs the command as its users do: testdata/script has a file for
// each verb and each way to fail. Each script starts in a folder with the pages
// of testdata/page; $SITE is a web server on loopback, $CLOSED an address where
// nothing listens, $FONTS the folder of the embedded faces.
func TestScripts(t *testing.T) {
	server := httptest.NewServer(newSite())
	t.Cleanup(server.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()

	fonts, err := filepath.Abs("../../fonts")
	if err != nil {
		t.Fatal(err)
	}

	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SITE", server.URL)
			env.Setenv("CLOSED", "http://"+closed.Addr().String())
			env.Setenv("FONTS", fonts)
			return unpackPages(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"ispdf":    isPDF,
			"ispng":    isPNG,
			"files":    files,
			"sparse":   sparse,
			"truncate": truncate,
			"bomb":     bomb,

			"smtpserver": smtpServer,
			"waitfor":    waitFor,
			"eml":        eml,
			"samefield":  sameField,
			"hostile":    hostile,
			"mkdkim":     makeDKIM,
			"standin":    standIn,
		},
	})
}

// unpackPages puts the pages and their picture into a script's folder.
func unpackPages(dir string) error {
	if err := os.CopyFS(dir, os.DirFS("testdata/page")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "pier.png"), pier(), 0o644)
}

// pier is the picture of the pages: the sun over water.
func pier() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			shade := uint8(255 - y)
			if (x-160)*(x-160)+(y-90)*(y-90) < 900 {
				shade = 255
			}
			img.Set(x, y, color.RGBA{shade, shade / 2, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// newSite is a web site with the pages, and with everything that goes wrong.
func newSite() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServer(http.Dir("testdata/page")))
	mux.HandleFunc("GET /pier.png", func(w http.ResponseWriter, _ *http.Request) { w.Write(pier()) })
	mux.HandleFunc("GET /status/{code}", func(w http.ResponseWriter, r *http.Request) {
		code, err := strconv.Atoi(r.PathValue("code"))
		if err != nil {
			code = http.StatusBadRequest
		}
		w.WriteHeader(code)
	})
	mux.HandleFunc("GET /huge", func(w http.ResponseWriter, _ *http.Request) {
		chunk := bytes.Repeat([]byte("<p>字</p>"), 1<<17)
		for range 40 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("GET /slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(30 * time.Second):
		}
	})
	mux.HandleFunc("GET /private", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "s3cret" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		http.ServeFile(w, r, "testdata/page/page.html")
	})
	mux.HandleFunc("GET /report", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		fmt.Fprint(w, "%PDF-1.7\n")
	})
	return mux
}

// exits CODE COMMAND… runs a command and wants it to end with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// ispdf FILE… wants whole PDFs.
func isPDF(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: ispdf FILE…")
	}
	for _, name := range args {
		data, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		if !bytes.HasPrefix(data, []byte("%PDF-1.7\n")) || !bytes.HasSuffix(bytes.TrimSpace(data), []byte("%%EOF")) {
			ts.Fatalf("%s is not a whole PDF", name)
		}
	}
}

// ispng FILE WIDTH HEIGHT wants a whole PNG file of that size in pixels.
func isPNG(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: ispng FILE WIDTH HEIGHT")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	img, err := png.Decode(bytes.NewReader(data))
	ts.Check(err)
	if got := fmt.Sprint(img.Bounds().Dx(), " ", img.Bounds().Dy()); got != args[1]+" "+args[2] {
		ts.Fatalf("%s has %s pixels, want %s %s", args[0], got, args[1], args[2])
	}
}

// files N FOLDER wants so many entries in a folder, hidden ones too: nothing
// half-written may be left.
func files(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files N FOLDER")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[1]))
	ts.Check(err)
	if strconv.Itoa(len(entries)) != args[0] {
		ts.Fatalf("%d entries %v, want %s", len(entries), entries, args[0])
	}
}

// sparse FILE makes a file of 50 MB that takes no room.
func sparse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sparse FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("<html>"), 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), 50<<20))
}

// truncate FILE TO copies a file up to the middle of its last Chinese character.
func truncate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: truncate FILE TO")
	}
	text := ts.ReadFile(args[0])
	end := strings.LastIndexFunc(text, func(r rune) bool { return r > 0xFFF })
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text[:end+2]), 0o644))
}

// bomb FILE makes a small PNG file that says it has 30,000 × 30,000 pixels.
func bomb(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bomb FILE")
	}
	data := pier()
	const header, size = 12, 13 + 4 // of IHDR: where its type stands, its data and type
	copy(data[header+4:], []byte{0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30})
	sum := crc32.ChecksumIEEE(data[header : header+size])
	copy(data[header+size:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}
