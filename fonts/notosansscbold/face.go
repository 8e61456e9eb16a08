package notosansscbold

import (
	_ "embed" // a string is embedded without a copy
	"fmt"
	"sync"

	"offprint/fonts"
)

//go:embed NotoSansSC_700Bold.ttf
var file string

// Face is Noto Sans SC Bold, the same each time. It is opened on first use.
func Face() *fonts.Font { return face() }

var face = sync.OnceValue(func() *fonts.Font {
	f, err := fonts.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("notosansscbold: the embedded file is damaged: %v", err))
	}
	return f
})
