/// The input of the prompt, a field for each variable.
struct Ticket: Encodable {
  let ticket: String
  var products: [String] = []
  var plan: Plan?

  enum Plan: String, Encodable { case free, team, enterprise }
}
