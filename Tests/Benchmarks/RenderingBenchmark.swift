import Allocations
import Notation
import Templates

extension Topic {
  /// A template of a usual size, against Handlebars.js in the same run.
  static let rendering = Topic(name: "rendering") { report in
    let bench = try RenderingBenchmark()
    try bench.compare(report)
    try bench.count(report)
    try bench.scale(report)
  }
}

/// `RenderingWork`, in this process.
private struct RenderingBenchmark {
  static let rounds = 9
  static let calls = 20_000
  static let compileCalls = 1_000

  let source = RenderingWork.source(partial: "signature")
  let partial = RenderingWork.partial
  let data = RenderingWork.data
  let template: CompiledTemplate
  let input: RenderInput

  init() throws {
    template = try CompiledTemplate(
      Template.parse(source, name: "bench"),
      partials: ["signature": Template.parse(partial, name: "signature")])
    input = try RenderInput(json: Array(data.utf8))
  }

  /// Rounds of both, one after the other: the machine drifts.
  func compare(_ report: Report) throws {
    let node = Peer(
      ["node", Peer.program("handlebars.js")],
      work: ["template": source, "partials": ["signature": partial], "data": data])
    let body = Array(data.utf8)
    var ours: [Double] = []
    var wire: [Double] = []
    var strings: [Double] = []
    var compiling: [Double] = []
    var theirs: [Double] = []
    var precompiling: [Double] = []
    for _ in 0..<Self.rounds {
      ours.append(try Stopwatch.nanoseconds(calls: Self.calls) { try render() })
      if let time = node?.nanoseconds("render", calls: Self.calls) { theirs.append(time) }
      wire.append(try Stopwatch.nanoseconds(calls: Self.calls) { try serve(body) })
      strings.append(
        try Stopwatch.nanoseconds(calls: Self.calls) {
          keep(try template.render(input).messages.count)
        })
      compiling.append(try Stopwatch.nanoseconds(calls: Self.compileCalls) { try compile() })
      if let time = node?.nanoseconds("precompile", calls: Self.compileCalls) {
        precompiling.append(time)
      }
    }
    let rendering = Stopwatch.median(ours)
    let against = "Handlebars.js"
    report.print(
      "render to messages", rendering, "ns", ratio: ratio(theirs, ours), against: against)
    report.print(
      "render to messages of strings", Stopwatch.median(strings), "ns",
      ratio: ratio(theirs, strings), against: against)
    report.print(
      "JSON bytes to JSON messages", Stopwatch.median(wire), "ns",
      ratio: rendering / Stopwatch.median(wire), against: "rendering alone")
    report.print(
      "parse and compile", Stopwatch.median(compiling), "ns", ratio: ratio(precompiling, compiling),
      against: "Handlebars.precompile")
    if node == nil { report.skip("Handlebars.js", because: "there is no node with Handlebars.js") }
  }

  /// The median of the rounds' ratios.
  private func ratio(_ theirs: [Double], _ ours: [Double]) -> Double? {
    theirs.isEmpty ? nil : Stopwatch.median(zip(theirs, ours).map { $0 / $1 })
  }

  private func render() throws { keep(try template.render(input).messageCount) }

  private func serve(_ body: [UInt8]) throws {
    keep(try template.render(RenderInput(json: body)).messagesJSON.count)
  }

  private func compile() throws {
    _ = try CompiledTemplate(Template.parse(source, name: "bench"))
  }

  func count(_ report: Report) throws {
    let calls = 1_000
    let before = allocation_count()
    for _ in 0..<calls { try render() }
    let allocations = Double(allocation_count() - before) / Double(calls)
    report.print("allocations of one rendering", allocations, "allocations")
    report.print("size of the rendering", Double(try template.render(input).bytes.count), "bytes")
  }

  /// Twice the size should take twice the time.
  func scale(_ report: Report) throws {
    for size in [1 << 19, 1 << 20] {
      let line = "Line with {{company}} and {{#if urgent}}haste{{else}}time{{/if}}.\n"
      let source = String(repeating: line, count: size / line.utf8.count)
      let time = try Stopwatch.nanoseconds(calls: 3) {
        let template = try CompiledTemplate(Template.parse(source, name: "big"))
        keep(try template.render(input).bytes.count)
      }
      report.print("template of \(size) bytes", time / 1e6, "ms")
    }
    for count in [50_000, 100_000] {
      let items = Value.list((0..<count).map { ["name": .string("item \($0)")] })
      let input = RenderInput(variables: ["items": items])
      let template = try CompiledTemplate(
        Template.parse("{{#each items}}{{@index}} {{name}}\n{{/each}}"))
      let time = try Stopwatch.nanoseconds(calls: 5) {
        keep(try template.render(input).bytes.count)
      }
      report.print("list of \(count) items", time / 1e6, "ms")
    }
  }
}
