#!/bin/sh
# colours.sh: makes with ImageMagick those files of colours/ that Go has no encoder for.
# The others are made by colours_test.go, with UPDATE_GOLDEN=1. All are of four patches.
set -eu
cd "$(dirname "$0")/colours"
base=$(mktemp --suffix=.ppm)
trap 'rm -f "$base"' EXIT
patch() { convert -size 32x24 "xc:rgb($1)" miff:-; }
{ patch 200,60,30; patch 40,150,80; patch 30,60,170; patch 230,180,40; } |
	convert - \( -clone 0,1 +append \) \( -clone 2,3 +append \) -delete 0-3 -append "$base"
convert "$base" -interlace Plane -quality 95 progressive.jpg
convert "$base" -sampling-factor 4:2:0 -quality 92 sampled.jpg
convert "$base" -colorspace CMYK -quality 95 ycck.jpg
convert "$base" -define webp:lossless=false -quality 95 lossy.webp
convert "$base" -alpha set -channel A -evaluate set 100% +channel -define webp:lossless=false -quality 95 alpha.webp
convert "$base" -depth 16 -interlace PNG -define png:color-type=2 -define png:bit-depth=16 interlaced16.png
convert -delay 20 "$base" \( "$base" -negate \) -loop 0 -define webp:lossless=false -quality 95 animated.webp || true
convert -delay 20 "$base" \( "$base" -negate \) -loop 0 animated.gif
convert "$base" -type Palette BMP3:palette.bmp
