package render

import (
	"offprint/article"
	"offprint/fonts"
	"offprint/templates"
	"offprint/typeset"
)

// Input is all that a layout depends on: the same input gives the same pages.
type Input struct {
	Article  *article.Article
	Design   *templates.Design
	Fonts    *fonts.Library
	Options  Options
	Pictures map[string]Picture // by article.Image.URL
	Logo     *typeset.Picture   // nil: the site's name is set as a wordmark
}

// Picture is a fetched picture, or why it could not be had.
type Picture struct {
	Picture *typeset.Picture
	Err     error
}

// Options are the reader's wishes. The zero value of each is its default.
type Options struct {
	FontSize    string // a step of the design, or points from 8 to 32; empty is its default step
	Paper       string // A4, A5, B5, Letter
	Columns     int    // 1 or 2
	Lang        string // BCP 47; empty is the article's
	Images      string // all, none, gray: gray pictures come in as such
	Punctuation string // auto, keep, fullwidth
	Drop        []int  // indexes of blocks to leave out
	Producer    string // written into the document
	// Created stands in where the article has no date (RFC 3339): a build's
	// SOURCE_DATE_EPOCH, never the clock.
	Created string
}

// The values of Options.Images and Options.Punctuation.
const (
	ImagesAll  = "all"
	ImagesNone = "none"
	ImagesGray = "gray"

	PunctuationAuto      = "auto"
	PunctuationKeep      = "keep"
	PunctuationFullwidth = "fullwidth"
)
