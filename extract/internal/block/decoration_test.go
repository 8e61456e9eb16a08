package block

import (
	"testing"
)

func TestAppearance(t *testing.T) {
	cases := map[string]Looks{
		"https://a.example/spacer.gif":             LooksEmpty,
		"https://a.example/g/blank.png":            LooksEmpty,
		"https://a.example/spacer-10x10.gif":       LooksEmpty,
		"https://a.example/img_blank.gif":          LooksEmpty,
		"https://a.example/transparent_1x1.png":    LooksEmpty,
		"https://a.example/1x1.gif":                LooksEmpty,
		"https://a.example/no-image.jpg":           LooksEmpty,
		"https://a.example/default_image.png":      LooksEmpty,
		"https://a.example/grey-placeholder.svg":   LooksEmpty,
		"https://pixel.a.example/b?x=1":            LooksEmpty,
		"https://www.google-analytics.com/collect": LooksEmpty,

		"https://a.example/grey.gif":  LooksDoubtful,
		"https://a.example/space.png": LooksDoubtful,
		"https://a.example/pixel.gif": LooksDoubtful,
		"https://a.example/chart.svg": LooksDoubtful,

		"https://a.example/gray-whale.jpg":             LooksReal,
		"https://a.example/space-station.png":          LooksReal,
		"https://a.example/dot-plot.png":               LooksReal,
		"https://a.example/pixel-camera.png":           LooksReal,
		"https://a.example/loading-dock.png":           LooksReal,
		"https://a.example/transparent-solar-cell.png": LooksReal,
		"https://a.example/space.jpg":                  LooksReal,
		"https://a.example/pixel-9.jpg":                LooksReal,
		"https://stats.example/t1.jpg":                 LooksReal, // a site's own name
		"a/b/harbour.jpg":                              LooksReal,
	}
	for address, want := range cases {
		if got := Appearance(address); got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
}
