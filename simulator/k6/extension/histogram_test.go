package launchstorm

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// The same file is checked against simulator/measure/histogram.ts (simulator/k6/histogram-layout.test.ts).
func TestTheLayoutIsTheOneOfTheMeasurement(t *testing.T) {
	text, err := os.ReadFile("testdata/histograms.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ValuesUs  []int64       `json:"valuesUs"`
		Histogram HistogramJSON `json:"histogram"`
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 3 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, each := range cases {
		var histogram Histogram
		for _, value := range each.ValuesUs {
			histogram.Record(value)
		}
		if got := histogram.JSON(); !reflect.DeepEqual(got, each.Histogram) {
			t.Errorf("of %v: %+v instead of %+v", each.ValuesUs, got, each.Histogram)
		}
	}
}

func TestTheHighestValueHasItsBucket(t *testing.T) {
	if bucket := bucketOf(valueUsMax); bucket >= bucketsMax {
		t.Fatalf("bucket %d of %d", bucket, bucketsMax)
	}
}
