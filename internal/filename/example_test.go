package filename_test

import (
	"fmt"

	"offprint/internal/filename"
)

func ExampleSafe() {
	fmt.Println(filename.Safe("../渡口: 早班船?\n", "untitled"))
	fmt.Println(filename.Safe("...", "untitled"))
	// Output:
	// 渡口- 早班船
	// untitled
}
