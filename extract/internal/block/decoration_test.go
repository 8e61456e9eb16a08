package block

import (
	"testing"
)

func TestAppearance(t *testing.T) {
	cases := map[string]looks{
		"https://a.example/spacer.gif":             looksEmpty,
		"https://a.example/g/blank.png":            looksEmpty,
		"https://a.example/spacer-10x10.gif":       looksEmpty,
		"https://a.example/img_blank.gif":          looksEmpty,
		"https://a.example/transparent_1x1.png":    looksEmpty,
		"https://a.example/1x1.gif":                looksEmpty,
		"https://a.example/no-image.jpg":           looksEmpty,
		"https://a.example/default_image.png":      looksEmpty,
		"https://a.example/grey-placeholder.svg":   looksEmpty,
		"https://pixel.a.example/b?x=1":            looksEmpty,
		"https://www.google-analytics.com/collect": looksEmpty,

		"https://a.example/grey.gif":  looksDoubtful,
		"https://a.example/space.png": looksDoubtful,
		"https://a.example/pixel.gif": looksDoubtful,
		"https://a.example/chart.svg": looksDoubtful,

		"https://a.example/gray-whale.jpg":             looksReal,
		"https://a.example/space-station.png":          looksReal,
		"https://a.example/dot-plot.png":               looksReal,
		"https://a.example/pixel-camera.png":           looksReal,
		"https://a.example/loading-dock.png":           looksReal,
		"https://a.example/transparent-solar-cell.png": looksReal,
		"https://a.example/space.jpg":                  looksReal,
		"https://a.example/pixel-9.jpg":                looksReal,
		"https://stats.example/t1.jpg":                 looksReal, // a site's own name
		"a/b/harbour.jpg":                              looksReal,
	}
	for address, want := range cases {
		if got := appearance(address); got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
}
