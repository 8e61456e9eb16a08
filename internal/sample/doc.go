// Package sample has a small article for tests, as a program would hand it over.
//
// In: nothing. Out: a new article each time, which the test may change. It must not
// read files. It is for tests only.
package sample
