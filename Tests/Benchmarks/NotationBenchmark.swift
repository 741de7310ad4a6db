import Notation

extension Topic {
  /// Reading a request and a front matter. Goals: 280 bytes of JSON in 2 us, 1 KB of YAML in 33 us.
  static let notation = Topic(name: "notation") { report in
    let body = Array(NotationBenchmark.body.utf8)
    let value = try JSON.parse(body)
    let record = RecordForm.bytes(value)
    let yaml = Array(NotationBenchmark.frontMatter.utf8)
    func time(_ name: String, _ work: () throws -> Int) rethrows {
      var rounds: [Double] = []
      for _ in 0..<NotationBenchmark.rounds {
        rounds.append(
          try Stopwatch.nanoseconds(calls: NotationBenchmark.calls) { keep(try work()) })
      }
      report.print(name, Stopwatch.median(rounds), "ns")
    }
    try time("reading \(body.count) bytes of JSON") { try JSON.parse(body).map?.count ?? 0 }
    time("writing them") { JSON.bytes(value).count }
    try time("reading a record of \(record.count) bytes") {
      try RecordForm.parse(record).map?.count ?? 0
    }
    try time("reading \(yaml.count) bytes of YAML") {
      try YAML.parse(yaml).value.map?.count ?? 0
    }
  }
}

private enum NotationBenchmark {
  static let rounds = 25
  static let calls = 500

  static let body =
    #"{"input":{"customer":"Ada Lovelace","question":"My invoice of March shows two"#
    + #" charges for the same seat, can you check?","tier":"gold","count":3,"#
    + #""tags":["billing","invoice","urgent"]},"options":{"model":"#
    + #""googleai/gemini-2.5-flash","temperature":0.2,"stream":false},"id":null}"#

  static let frontMatter = """
    name: support/triage
    description: Sorts a customer's message into a queue and a priority, with a reason.
    model: googleai/gemini-2.5-flash
    config: {temperature: 0.2, maxOutputTokens: 1024, topK: 40}
    input:
      default:
        tone: friendly
      schema:
        customer: string, the name by which the customer is addressed
        message: string, what the customer wrote
        history?(array, earlier messages):
          role: string
          text: string
        tier(enum, the contract): [free, silver, gold]
    output:
      format: json
      schema:
        queue(enum, where it goes): [billing, technical, sales]
        priority: integer, from 1 to 5
        reason: string, one sentence
    tools: [lookup, escalate]
    metadata:
      created: "2026-09-21"
      notes: |
        Keep the reason short.
        Never promise a refund.
    """
}
