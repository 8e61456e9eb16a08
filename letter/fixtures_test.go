package letter

import (
	"offprint/fonts/noto"
)

var library = noto.Library()
