package picture_test

import (
	"errors"
	"fmt"

	"offprint/internal/picture"
)

func ExampleDecode() {
	_, err := picture.Decode([]byte("<!doctype html><p>Not found"), picture.Limits{})
	fmt.Println(err)
	fmt.Println(errors.Is(err, picture.ErrNotPicture))
	// Output:
	// decode picture: not a picture that can be printed: a web page (HTML); use JPEG, PNG, GIF or WebP
	// true
}
