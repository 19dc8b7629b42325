package launchstorm

import "math/bits"

// The layout of simulator/measure/histogram.ts, bucket for bucket: whole microseconds, values below 128 exact, 64 buckets of equal
// width for every doubling above. Histograms are added, percentiles never averaged.
const (
	perDoubling = 64
	// 120 s: twice the longest time that any player waits for anything.
	valueUsMax = 120_000_000
	bucketsMax = 1408
)

// Histogram counts values in fixed room, however many there are.
type Histogram struct {
	count     uint64
	min, max  uint64
	saturated uint64
	buckets   [bucketsMax]uint32
}

// HistogramJSON is what stands in seconds.ndjson: pairs of bucket number and count, ascending, without empty buckets.
type HistogramJSON struct {
	Count     uint64   `json:"count"`
	Min       uint64   `json:"min"`
	Max       uint64   `json:"max"`
	Saturated uint64   `json:"saturated"`
	Buckets   []uint64 `json:"buckets"`
}

// Record counts one value; anything below 0 counts as 0: two clocks may disagree by a tick.
func (h *Histogram) Record(valueUs int64) {
	value := uint64(0)
	if valueUs > 0 {
		value = uint64(valueUs)
	}
	if value > valueUsMax {
		h.saturated++
		value = valueUsMax
	}
	if h.count == 0 || value < h.min {
		h.min = value
	}
	if value > h.max {
		h.max = value
	}
	h.count++
	h.buckets[bucketOf(value)]++
}

// JSON of a histogram that was never made is that of an empty one.
func (h *Histogram) JSON() HistogramJSON {
	if h == nil {
		return HistogramJSON{Buckets: []uint64{}}
	}
	pairs := []uint64{}
	for bucket, count := range h.buckets {
		if count > 0 {
			pairs = append(pairs, uint64(bucket), uint64(count))
		}
	}
	return HistogramJSON{Count: h.count, Min: h.min, Max: h.max, Saturated: h.saturated, Buckets: pairs}
}

func bucketOf(value uint64) uint64 {
	if value < 2*perDoubling {
		return value
	}
	shift := uint64(bits.Len64(value) - 7)
	return shift*perDoubling + value>>shift
}
