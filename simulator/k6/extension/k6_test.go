package launchstorm

import "testing"

func TestAStampIsReadInFullAndInPart(t *testing.T) {
	full, err := readStamp("4012.5 1890 1720 7-12-3 200")
	if err != nil || full != (stamp{4012.5, 1890, 1720, 200, "7-12-3"}) {
		t.Errorf("%+v, %v", full, err)
	}
	short, err := readStamp("12")
	if err != nil || short.ms != 12 || short.requestID != "-" {
		t.Errorf("%+v, %v", short, err)
	}
	for _, wrong := range []string{"", "soon", "1 2 3 4 5 6", "1 fast"} {
		if _, err := readStamp(wrong); err == nil {
			t.Errorf("%q was understood", wrong)
		}
	}
}
