/// The rendering that is measured: a system message of about 1 KB with two variables, a condition,
/// ten objects with three look-ups each, a partial and a user message.
enum RenderingWork {
  static let partial = "Sign every answer as {{company}} support and never as a person.\n"

  /// The template, which includes its partial by this name.
  static func source(partial name: String) -> String {
    let rule = "Answer in plain words, cite the order you speak of, and never promise a date. "
    return """
      {{role "system"}}
      You help the customers of {{company}} in {{language}}.
      \(String(repeating: rule, count: 8))
      {{#if urgent}}
      This customer waits for an answer now.
      {{else}}
      This customer can wait for a good answer.
      {{/if}}
      {{#each orders}}
      - {{id}}: {{title}} ({{../currency}})
      {{/each}}
      {{> \(name)}}
      {{role "user"}}
      {{question}}

      """
  }

  /// The variables, as JSON.
  static let data: String = {
    let orders = (1...10).map { #"{"id":"A-\#($0)","title":"Lamp of kind \#($0)"}"# }
    return """
      {"company":"Acme","language":"German","urgent":true,"currency":"EUR",\
      "question":"Where is my lamp?","orders":[\(orders.joined(separator: ","))]}
      """
  }()
}
