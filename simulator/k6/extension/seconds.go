package launchstorm

import (
	"encoding/json"
	"io"
)

var (
	operations   = []string{"search", "spawns", "biome"}
	sentOutcomes = map[string]bool{"ok": true, "empty": true, "wrong": true, "refused": true, "unknown": true}
	refusals     = []string{"4xx", "429", "5xx"}
)

// holdMs: how long a second stays open for what began in it. Players wait for seconds, and chains hold a few waits.
const holdMs = 90_000

// Action is one action of a player that has ended, in the second of its intended start.
type Action struct {
	AtMs                 float64
	Operation            string
	Outcome              string
	LatencyUs, ServiceUs int64
	// Only for whoever listens.
	RequestID string
	Status    int64
}

// Chain is a chain that has ended: "useful", "completed" (an answer to every link, not all of use) or "lost".
type Chain struct {
	AtMs      float64
	Result    string
	LatencyUs int64
}

type actions struct {
	planned            uint64
	outcomes           map[string]uint64
	refusals           map[string]uint64
	latencyUs, service Histogram
}

type second struct {
	operations                map[string]*actions
	chains, completed, useful uint64
	chainLatencyUs            Histogram
	joined, left              int64
}

// Seconds counts by the second in bounded room: what is older than holdMs has been written.
type Seconds struct {
	out     io.Writer
	open    map[int64]*second
	next    int64
	players int64
	// EndMs is where play ends by plan: nothing begins after it. 0 for no end.
	EndMs float64
	// Late is what ended after its second had been written, and is missing there.
	Late uint64
}

// NewSeconds writes lines of seconds.ndjson to out.
func NewSeconds(out io.Writer, endMs float64) *Seconds {
	return &Seconds{out: out, open: map[int64]*second{}, EndMs: endMs}
}

// Add counts an action.
func (s *Seconds) Add(action Action) {
	at := s.at(action.AtMs)
	if at == nil {
		return
	}
	counted := at.operations[action.Operation]
	if counted == nil {
		counted = &actions{outcomes: map[string]uint64{}, refusals: map[string]uint64{}}
		at.operations[action.Operation] = counted
	}
	counted.planned++
	counted.outcomes[action.Outcome]++
	if action.Outcome == "refused" {
		counted.refusals[refusalOf(action.Status)]++
	}
	if sentOutcomes[action.Outcome] {
		counted.latencyUs.Record(action.LatencyUs)
		counted.service.Record(action.ServiceUs)
	}
}

// AddChain counts a chain.
func (s *Seconds) AddChain(chain Chain) {
	at := s.at(chain.AtMs)
	if at == nil {
		return
	}
	at.chains++
	if chain.Result != "lost" {
		at.completed++
	}
	if chain.Result == "useful" {
		at.useful++
		at.chainLatencyUs.Record(chain.LatencyUs)
	}
}

func refusalOf(status int64) string {
	switch {
	case status == 429:
		return "429"
	case status >= 500:
		return "5xx"
	default:
		return "4xx"
	}
}

// Joined and Left count who is there.
func (s *Seconds) Joined(atMs float64) { s.move(atMs, 1) }

// Left is the opposite of Joined.
func (s *Seconds) Left(atMs float64) { s.move(atMs, -1) }

func (s *Seconds) move(atMs float64, by int64) {
	at := s.at(atMs)
	switch {
	case at == nil:
	case by > 0:
		at.joined++
	default:
		at.left++
	}
}

// at is the second that a time lies in; what comes after the end, as players who leave do, belongs to the last one.
func (s *Seconds) at(ms float64) *second {
	if s.EndMs > 0 && ms >= s.EndMs {
		ms = s.EndMs - 0.001
	}
	if ms < 0 {
		ms = 0
	}
	number := int64(ms / 1000)
	if number < s.next {
		s.Late++
		return nil
	}
	if s.open[number] == nil {
		s.open[number] = &second{operations: map[string]*actions{}}
	}
	return s.open[number]
}

// Settle writes every second that nothing can be added to any more, gaps included: a gap in the file is a runner that was lost.
func (s *Seconds) Settle(nowMs float64) error {
	for float64(s.next+1)*1000 <= nowMs-holdMs {
		if err := s.write(float64(s.next+1) * 1000); err != nil {
			return err
		}
	}
	return nil
}

// Close writes the rest; play ended at endMs.
func (s *Seconds) Close(endMs float64) error {
	for float64(s.next)*1000 < endMs {
		toMs := float64(s.next+1) * 1000
		if toMs > endMs {
			toMs = endMs
		}
		if err := s.write(toMs); err != nil {
			return err
		}
	}
	return nil
}

type when struct {
	FromMs        float64 `json:"fromMs"`
	ToMs          float64 `json:"toMs"`
	Players       int64   `json:"players"`
	SessionsBegun int64   `json:"sessionsBegun"`
	Operation     string  `json:"operation"`
	Planned       uint64  `json:"planned"`
}

type actionLine struct {
	when
	OK          uint64            `json:"ok"`
	Empty       uint64            `json:"empty"`
	Wrong       uint64            `json:"wrong"`
	Refused     uint64            `json:"refused"`
	Unknown     uint64            `json:"unknown"`
	Unreachable uint64            `json:"unreachable"`
	Dropped     uint64            `json:"dropped"`
	Abandoned   uint64            `json:"abandoned"`
	Refusals    map[string]uint64 `json:"refusals"`
	LatencyUs   HistogramJSON     `json:"latencyUs"`
	ServiceUs   HistogramJSON     `json:"serviceUs"`
}

type chainLine struct {
	when
	Completed uint64        `json:"completed"`
	Useful    uint64        `json:"useful"`
	LatencyUs HistogramJSON `json:"latencyUs"`
}

func (s *Seconds) write(toMs float64) error {
	counted := s.open[s.next]
	if counted == nil {
		counted = &second{}
	}
	s.players += counted.joined - counted.left
	base := when{FromMs: float64(s.next) * 1000, ToMs: toMs, Players: max(0, s.players), SessionsBegun: counted.joined}
	lines := json.NewEncoder(s.out)
	for _, operation := range operations {
		if err := lines.Encode(lineOf(base, operation, counted.operations[operation])); err != nil {
			return err
		}
	}
	base.Operation, base.Planned = "chain", counted.chains
	chain := chainLine{base, counted.completed, counted.useful, counted.chainLatencyUs.JSON()}
	delete(s.open, s.next)
	s.next++
	return lines.Encode(chain)
}

func lineOf(base when, operation string, counted *actions) actionLine {
	base.Operation = operation
	line := actionLine{when: base, Refusals: map[string]uint64{"4xx": 0, "429": 0, "5xx": 0}}
	if counted == nil {
		empty := (*Histogram)(nil).JSON()
		line.LatencyUs, line.ServiceUs = empty, empty
		return line
	}
	of := counted.outcomes
	line.Planned = counted.planned
	line.OK, line.Empty, line.Wrong, line.Refused, line.Unknown = of["ok"], of["empty"], of["wrong"], of["refused"], of["unknown"]
	line.Unreachable, line.Dropped, line.Abandoned = of["unreachable"], of["dropped"], of["abandoned"]
	for _, class := range refusals {
		line.Refusals[class] = counted.refusals[class]
	}
	line.LatencyUs, line.ServiceUs = counted.latencyUs.JSON(), counted.service.JSON()
	return line
}
