// Prints the figures of the goals, one JSON object a line: make bench.
// Usage: benchmarks [<topic>...]
import Foundation

/// Every topic, in the order of printing; one file each.
let topics: [Topic] = [
  .notation, .rendering, .schema, .checking, .authors, .history, .sharing, .cloning, .serving,
  .events,
  .starting,
]

let wanted = CommandLine.arguments.dropFirst()
for topic in topics where wanted.isEmpty || wanted.contains(topic.name) {
  try topic.run(Report(topic: topic.name))
}
