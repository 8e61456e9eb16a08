package store_test

import (
	"context"
	"fmt"
	"io"

	"offprint/internal/store"
)

func ExampleCache_Page() {
	ctx := context.Background()
	cache := store.NewCache(&store.Memory{})
	read := func(context.Context) (*store.Draft, error) {
		fmt.Println("reading the page")
		in := &store.Inputs{Engine: "0.1.0", Article: []byte(`{"title":"潮水"}`)}
		return &store.Draft{Key: in.Key(), Write: func(_ context.Context, w io.Writer) (store.Meta, error) {
			fmt.Println("printing it")
			_, err := io.WriteString(w, "%PDF-1.7")
			return store.Meta{Type: "application/pdf", Name: "潮水.pdf", Pages: 1}, err
		}}, nil
	}
	for range 2 {
		key, err := cache.Page(ctx, "https://news.example/42", []byte(`{"paper":"A4"}`), read)
		if err != nil {
			fmt.Println(err)
			return
		}
		pdf, err := cache.Store.Open(ctx, key)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(pdf.Name, pdf.Size, "bytes")
		pdf.Close()
	}
	// Output:
	// reading the page
	// printing it
	// 潮水.pdf 8 bytes
	// 潮水.pdf 8 bytes
}
