// Package png draws the pages of a laid-out document as pictures:
// [typeset.Document] → pixels or PNG bytes. It decides nothing: every glyph,
// rule and picture has its place already, and render/pdf draws the same ones.
//
//	Placed ─┬─ Run ── outline of each glyph, flattened ─┬─ fill ─→ image.RGBA ─→ PNG
//	        ├─ Rule ─ rectangle ────────────────────────┘             │
//	        ├─ Image ─ decode, scale, turn upright ───────────────────┘
//	        └─ Link ── not drawn
//
// Glyphs and rules are placed exactly, to a fraction of a pixel, without
// hinting; a pixel takes as much of the colour as the shape covers of it.
// Overlapping contours are filled by the non-zero rule. Colours are blended as
// they stand in sRGB, as PDF readers do.
//
// The edges of pictures are taken to the nearest pixel, so that they stay
// sharp. A picture that cannot be decoded leaves a grey box: whoever fetched it
// has warned of it already.
//
// The result depends on nothing but the arguments: no clock, no map order.
// Nothing in here writes files or knows about articles.
package png
