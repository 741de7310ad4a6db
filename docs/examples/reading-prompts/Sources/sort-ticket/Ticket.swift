/// The input of the prompt, a field for each variable.
struct Ticket: Encodable {
  let ticket: String
  var products: [String] = []
  var plan: Plan?

  enum Plan: String, Encodable { case free, team, enterprise }
}

/// What a model answers: the parts of the output that this program uses.
struct Sorting: Decodable {
  let queue: String
  let urgency: Urgency

  enum Urgency: String, Decodable { case low, normal, high, critical }
}
