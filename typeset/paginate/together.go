package paginate

// togetherCost never parts a block that says so and that a page can hold: a row
// of a table, the source line beside its QR code.
func togetherCost(slugs []slug, i int) int64 {
	if slugs[i].style().KeepTogether && !slugs[i].tall && slugs[i].sameBlock(slugs, i+1) {
		return forbidden
	}
	return 0
}
