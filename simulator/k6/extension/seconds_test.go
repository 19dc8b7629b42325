package launchstorm

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

type line struct {
	FromMs, ToMs                          float64
	Operation                             string
	Players, SessionsBegun                int64
	Planned, OK, Refused, Useful, Dropped uint64
	Refusals                              map[string]uint64
	LatencyUs                             HistogramJSON
}

func linesIn(t *testing.T, text string) []line {
	t.Helper()
	lines := []line{}
	for _, each := range strings.Split(strings.TrimSpace(text), "\n") {
		var read line
		if err := json.Unmarshal([]byte(each), &read); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, read)
	}
	return lines
}

func TestEverySecondHasItsFourLinesAlsoWhereNothingHappened(t *testing.T) {
	var out bytes.Buffer
	seconds := NewSeconds(&out, 2500)
	seconds.Joined(10)
	seconds.Add(Action{AtMs: 2100, Operation: "search", Outcome: "ok", LatencyUs: 900, ServiceUs: 800})
	if err := seconds.Close(2500); err != nil {
		t.Fatal(err)
	}
	lines := linesIn(t, out.String())
	if len(lines) != 12 {
		t.Fatalf("%d lines", len(lines))
	}
	last := lines[8]
	if last.FromMs != 2000 || last.ToMs != 2500 || last.OK != 1 || last.Planned != 1 || last.Players != 1 || last.LatencyUs.Max != 900 {
		t.Errorf("%+v", last)
	}
	if lines[0].SessionsBegun != 1 || lines[4].SessionsBegun != 0 {
		t.Errorf("sessions: %+v, %+v", lines[0], lines[4])
	}
}

func TestAnActionIsCountedInTheSecondOfItsIntendedStartHoweverLateItEnds(t *testing.T) {
	var out bytes.Buffer
	seconds := NewSeconds(&out, 0)
	if err := seconds.Settle(holdMs); err != nil || out.Len() > 0 {
		t.Fatalf("written too early: %v, %d bytes", err, out.Len())
	}
	seconds.Add(Action{AtMs: 500, Operation: "biome", Outcome: "refused", Status: 503, LatencyUs: 1, ServiceUs: 1})
	if err := seconds.Settle(holdMs + 1000); err != nil {
		t.Fatal(err)
	}
	biome := linesIn(t, out.String())[2]
	if biome.Refused != 1 || biome.Refusals["5xx"] != 1 {
		t.Errorf("%+v", biome)
	}
	seconds.Add(Action{AtMs: 999, Operation: "biome", Outcome: "ok"})
	if seconds.Late != 1 {
		t.Errorf("%d late", seconds.Late)
	}
}

func TestRoomIsBoundedHoweverLongPlayLasts(t *testing.T) {
	seconds := NewSeconds(&bytes.Buffer{}, 0)
	for second := 0; second < 4000; second++ {
		seconds.Add(Action{AtMs: float64(second) * 1000, Operation: "search", Outcome: "ok", LatencyUs: int64(second)})
		if err := seconds.Settle(float64(second) * 1000); err != nil {
			t.Fatal(err)
		}
		if len(seconds.open) > holdMs/1000+1 {
			t.Fatalf("%d seconds are held", len(seconds.open))
		}
	}
}

func TestChainsAndPlayersAreKeptToo(t *testing.T) {
	var out bytes.Buffer
	seconds := NewSeconds(&out, 1000)
	seconds.Joined(0)
	seconds.Joined(1)
	seconds.Left(2)
	seconds.AddChain(Chain{AtMs: 3, Result: "useful", LatencyUs: 70})
	seconds.AddChain(Chain{AtMs: 3, Result: "completed"})
	seconds.AddChain(Chain{AtMs: 3, Result: "lost"})
	seconds.Left(1700)
	if err := seconds.Close(1000); err != nil {
		t.Fatal(err)
	}
	chain := linesIn(t, out.String())[3]
	if chain.Operation != "chain" || chain.Planned != 3 || chain.Useful != 1 || chain.LatencyUs.Count != 1 || chain.Players != 0 {
		t.Errorf("%+v", chain)
	}
}
