// Command paint makes the pictures and logos of the articles that we wrote for
// demo/ and testdata/articles/. Everything is computed: no photograph, and no
// picture of anybody else's, is used.
//
//	go run ./testdata/paint            # from the repository's root: all of them
//	go run ./testdata/paint harbour    # those whose path contains "harbour"
//
// In: the list in main.go and the faces under fonts/ for lettering. Out: JPEG and
// PNG files, the same bytes on every run on one kind of machine. The folder is a
// testdata folder so that no package of the product can come to depend on it.
package main
