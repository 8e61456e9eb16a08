package qr_test

import (
	"fmt"

	"offprint/internal/qr"
)

func ExampleEncode() {
	code, err := qr.Encode("https://example.org/a/20250721")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(code.Size, "modules a side,", code.Size+2*qr.QuietZone, "with the quiet zone")
	fmt.Println("finder pattern:", code.Dark(0, 0), code.Dark(1, 1))
	// Output:
	// 29 modules a side, 37 with the quiet zone
	// finder pattern: true false
}
