package main

import (
	"fmt"
	"os"

	"offprint/fonts"
	"offprint/fonts/noto"
	"offprint/typeset"
)

// library gives the faces to print with: those in the files that the user
// named, for every language, and the embedded ones for what they lack. The paths
// may be empty.
func library(regular, bold string) (*fonts.Library, error) {
	if regular == "" && bold == "" {
		return noto.Library(), nil
	}
	if regular == "" {
		return nil, usagef("--font FILE --font-bold FILE", "--font-bold without --font")
	}
	embedded := noto.Families()
	own := fonts.Family{Name: "the user's"}
	for _, family := range embedded {
		own.Langs = append(own.Langs, family.Langs...)
	}
	face, err := loadFace("--font", regular)
	if err != nil {
		return nil, err
	}
	own.Regular = func() typeset.Face { return face }
	if bold != "" {
		heavy, err := loadFace("--font-bold", bold)
		if err != nil {
			return nil, err
		}
		own.Bold = func() typeset.Face { return heavy }
	}
	return fonts.NewLibrary(append([]fonts.Family{own}, embedded...)...), nil
}

// maxFontFile is far above the largest CJK face, which has 65,535 glyphs.
const maxFontFile = 100 << 20

func loadFace(flag, path string) (*fonts.Font, error) {
	const hint = "give a TrueType font file (.ttf)"
	info, err := os.Stat(path)
	if err != nil {
		return nil, usagef(hint, "%s %s: %w", flag, path, reason(err))
	}
	if !info.Mode().IsRegular() || info.Size() > maxFontFile {
		return nil, usagef(hint, "%s %s: not a font file", flag, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usagef(hint, "%s %s: %w", flag, path, reason(err))
	}
	face, err := fonts.Parse(string(data))
	if err != nil {
		return nil, usagef(hint, "%s %s: %w", flag, path, err)
	}
	return face, nil
}

// faceFlags are the flags of fonts.
type faceFlags struct{ regular, bold string }

func (f *faceFlags) library() (*fonts.Library, error) {
	lib, err := library(f.regular, f.bold)
	if err != nil {
		return nil, fmt.Errorf("load fonts: %w", err)
	}
	return lib, nil
}
