// Prints what a model is to be sent for a ticket, and holds a model's answer to the contract.
import PromptReading

do {
  let prompts = try PinnedPrompts(folder: "vendor/prompts")
  let triage = try prompts.prompt("support/triage")

  let words = CommandLine.arguments.dropFirst().joined(separator: " ")
  let rendered = try triage.render(Ticket(ticket: words, plan: .team))
  print("\(triage.name) \(triage.version) for \(rendered.model ?? "any model")")
  for message in rendered.messages {
    print("--- \(message.role)")
    print(message.text)
  }

  // Here your model would answer.
  let answer = #"{"queue": "billing", "urgency": "high", "summary": "Charged twice."}"#
  let sorting = try triage.output(Sorting.self, in: answer)
  print("--- sorted into \(sorting.queue), \(sorting.urgency.rawValue)")
} catch {
  print("error (\(error.kind)): \(error)")
  for violation in error.violations { print("  \(violation)") }
}
