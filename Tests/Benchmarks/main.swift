// Prints the figures of the goals, one JSON object a line: make bench.
// Usage: benchmarks [<topic>...]
import Foundation

if CommandLine.arguments.dropFirst().first == ServingServer.word { try ServingServer.run() }

/// Every topic, in the order of printing; one file each.
<<<<<<< HEAD
let topics: [Topic] = [.notation, .rendering, .schema, .checking, .serving]
=======
let topics: [Topic] = [.notation, .rendering, .schema, .history, .serving]
>>>>>>> 82cbd6d (history: an index beside the memory finds entries, their commits say the rest)

let wanted = CommandLine.arguments.dropFirst()
for topic in topics where wanted.isEmpty || wanted.contains(topic.name) {
  try topic.run(Report(topic: topic.name))
}
