/// What arrives while a connection rests, of which the library tells nothing before a request line
/// is whole.
///
/// Times are those of the monotonic clock; a rest is known by the time at which it began.
struct Drip {
  /// Arrivals that need not be pieces of a request line.
  private let spared: Int
  private var rest = Int64.min
  private var last = Int64.min
  private var count = 0
  private var beginning = Int64.min

  /// An empty line may stand before a request.
  static let plain = Drip(sparing: 1)
  /// A handshake of TLS comes in up to three flights, after which nothing has to follow.
  static let secure = Drip(sparing: 3)

  private init(sparing spared: Int) { self.spared = spared }

  /// What differs by less is the same moment, as the system counts in ticks of its own.
  static let tolerance: Int64 = 100_000_000

  /// Takes note of when something arrived last in a rest.
  mutating func note(_ arrival: Int64, in rest: Int64) {
    if rest != self.rest {
      self.rest = rest
      last = rest
      count = 0
    }
    guard arrival > last + Self.tolerance else { return }
    last = arrival
    count += 1
    if count == spared + 1 { beginning = arrival }
  }

  /// When the request line that arrives in pieces was seen to; nil where none does.
  func start(in rest: Int64) -> Int64? {
    rest == self.rest && count > spared ? beginning : nil
  }
}
