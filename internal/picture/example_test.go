package picture_test

import (
	"errors"
	"fmt"
	"strings"

	"offprint/internal/picture"
)

func ExampleDecode() {
	_, err := picture.Decode([]byte("<!doctype html><p>Not found"), picture.Limits{})
	reason, _, _ := strings.Cut(err.Error(), ";") // then it says which formats can be
	fmt.Println(reason)
	fmt.Println(errors.Is(err, picture.ErrNotPicture))
	// Output:
	// decode picture: not a picture that can be printed: a web page (HTML)
	// true
}
