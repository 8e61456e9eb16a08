package png

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
)

// scale gives the picture at w × h pixels by the kernel of Catmull and Rom,
// which is widened where the picture gets smaller, so that every pixel of the
// source counts. It holds no more of the source's rows, scaled across, than one
// row of the result takes: a photograph of 50 megapixels needs no copy.
//
// Weights and sums are integers, so that every machine gives the same pixels.
func scale(ctx context.Context, m image.Image, w, h int) (*image.RGBA, error) {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	across, down := filters(w, m.Bounds().Dx()), filters(h, m.Bounds().Dy())
	source := newRows(m, across, len(down[0].weights))
	sums := make([]int, channels*w)
	for y := range down {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(sums)
		for i, weight := range down[y].weights {
			for k, v := range source.row(down[y].first + i) {
				sums[k] += int(v) * int(weight)
			}
		}
		line := out.Pix[y*out.Stride:]
		for x := range w {
			for c := range channels {
				line[4*x+c] = level(sums[channels*x+c], oneBits+rowBits)
			}
			line[4*x+3] = 0xFF
		}
	}
	return out, nil
}

const (
	channels = 3
	oneBits  = 14 // a weight of 1 is 1<<oneBits
	rowBits  = 6  // fraction of a row that is scaled across
)

// level takes a sum with a fraction of some bits to the nearest level there is:
// the kernel overshoots at sharp edges.
func level(sum, bits int) uint8 {
	return uint8(max(0, min((sum+1<<(bits-1))>>bits, 0xFF)))
}

// filter is how a pixel is made of those of the source, from first on. All
// filters of a side have the same number of weights; they add up to 1.
type filter struct {
	first   int
	weights []int32
}

// filters gives a filter for each of n pixels made of the source's.
func filters(n, source int) []filter {
	ratio := float64(source) / float64(n)
	widen := max(1, ratio)
	count := min(source, int(math.Ceil(4*widen))+1)
	list := make([]filter, n)
	weights := make([]int32, n*count)
	for i := range list {
		centre := (float64(i) + 0.5) * ratio
		first := min(source-count, max(0, int(math.Ceil(centre-float64(2*widen)-0.5))))
		list[i] = filter{first: first, weights: weights[i*count : (i+1)*count]}
		list[i].weigh(centre, widen)
	}
	return list
}

// weigh sets the weights of a pixel whose centre is at a place of the source.
func (f *filter) weigh(centre, widen float64) {
	exact := make([]float64, len(f.weights))
	total := 0.0
	for i := range exact {
		exact[i] = catmullRom(math.Abs(float64(f.first+i)+0.5-centre) / widen)
		total += exact[i]
	}
	rest, greatest := int32(1<<oneBits), 0
	for i := range exact {
		f.weights[i] = int32(math.Round(exact[i] / total * (1 << oneBits)))
		rest -= f.weights[i]
		if f.weights[i] > f.weights[greatest] {
			greatest = i
		}
	}
	f.weights[greatest] += rest // what rounding left over
}

// catmullRom is the cubic with B = 0 and C = ½ of Mitchell and Netravali,
// "Reconstruction Filters in Computer Graphics", 1988, at a distance t ≥ 0.
func catmullRom(t float64) float64 {
	square := float64(t * t)
	cube := float64(square * t)
	switch {
	case t < 1:
		return float64(1.5*cube) - float64(2.5*square) + 1
	case t < 2:
		return float64(-0.5*cube) + float64(2.5*square) - float64(4*t) + 2
	}
	return 0
}

// rows gives the source's rows, scaled across. Each is made once: they are
// asked for in order, and the last few are kept.
type rows struct {
	source image.Image
	across []filter
	line   *image.RGBA // a row of the source
	kept   [][]int32
	at     []int // which row each of kept is
}

func newRows(m image.Image, across []filter, keep int) *rows {
	r := &rows{
		source: m, across: across, line: image.NewRGBA(image.Rect(0, 0, m.Bounds().Dx(), 1)),
		kept: make([][]int32, keep), at: make([]int, keep),
	}
	for i := range r.kept {
		r.kept[i], r.at[i] = make([]int32, channels*len(across)), -1
	}
	return r
}

func (r *rows) row(y int) []int32 {
	slot := y % len(r.kept)
	row := r.kept[slot]
	if r.at[slot] == y {
		return row
	}
	r.at[slot] = y
	draw.Draw(r.line, r.line.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(r.line, r.line.Rect, r.source, r.source.Bounds().Min.Add(image.Pt(0, y)), draw.Over)
	for x := range r.across {
		f := &r.across[x]
		var sum [channels]int
		pix := r.line.Pix[4*f.first:]
		for i, weight := range f.weights {
			sum[0] += int(pix[4*i]) * int(weight)
			sum[1] += int(pix[4*i+1]) * int(weight)
			sum[2] += int(pix[4*i+2]) * int(weight)
		}
		for c := range channels {
			row[channels*x+c] = int32((sum[c] + 1<<(oneBits-rowBits-1)) >> (oneBits - rowBits))
		}
	}
	return row
}
