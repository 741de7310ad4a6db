import Foundation
import TestSupport

extension Topic {
  /// `stet check` over 1 000 prompts with 10 cases each. Goal: 2 s.
  static let checking = Topic(name: "checking") { report in
    try CheckingBenchmark().measure(report)
  }
}

private struct CheckingBenchmark {
  static let prompts = 1_000
  static let cases = 10
  static let rounds = 5

  private let folder: TemporaryFolder
  private let stet = Program(Checkout.root.appendingPathComponent(".build/release/stet").path)

  init() throws {
    folder = try TemporaryFolder()
    let tests = (1...Self.cases).map(Self.test).joined()
    for number in 1...Self.prompts {
      let team = folder.url.appendingPathComponent("prompts/team-\(number % 20)")
      try FileManager.default.createDirectory(at: team, withIntermediateDirectories: true)
      let name = team.appendingPathComponent("prompt-\(number)").path
      try Self.prompt(number).write(toFile: name + ".prompt", atomically: false, encoding: .utf8)
      try tests.write(toFile: name + ".cases.yaml", atomically: false, encoding: .utf8)
    }
  }

  func measure(_ report: Report) throws {
    var times: [Double] = []
    for _ in 0..<Self.rounds {
      let time = try Stopwatch.nanoseconds(calls: 1) {
        let outcome = try stet.run(["-C", folder.path, "check"])
        precondition(outcome.succeeded, "the check found something: \(outcome.text)")
      }
      times.append(time / 1e9)
    }
    report.print(
      "\(Self.prompts) prompts with \(Self.cases) cases each", Stopwatch.median(times), "s")
  }

  private static func prompt(_ number: Int) -> String {
    """
    ---
    description: Writes to a customer about an order, kind \(number).
    input:
      schema:
        customer: string, the name
        items(array, what was ordered):
          title: string
          count: integer
        tone?: string, how to answer
    ---
    {{role "system"}}
    You are a careful assistant of kind \(number). Answer in two sentences.
    {{#if tone}}
    Your tone is {{tone}}.
    {{/if}}
    {{#each items}}- {{title}}: {{count}}
    {{/each}}
    {{role "user"}}
    {{customer}}

    """
  }

  private static func test(_ number: Int) -> String {
    """
    case-\(number):
      input:
        customer: Customer \(number)
        items: [{title: Lamp, count: \(number)}, {title: Cable, count: 2}]
        tone: kind
      expect:
        roles: [system, user]
        contains: "Lamp: \(number)"
        max-tokens: 200

    """
  }
}
