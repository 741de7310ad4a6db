package import Notation
import Templates

extension FrozenText {
  /// What `get --json` and `GET /v1/prompts/{name}@{ref}` answer: the same bytes for ever.
  package func value(of version: Resolved, entry: Int?) throws(RegistryError) -> Value {
    let prompt = try version.name.isPartial ? nil : compiled(version).prompt
    return [
      "name": .string(version.name.text), "version": Field.text(version.version),
      "digest": Field.text(version.record.digest), "entry": Field.number(entry),
      "source": .string(String(decoding: source, as: UTF8.self)),
      "model": Field.text(version.record.model),
      "config": .map(prompt?.file.frontMatter?.config ?? ValueMap()),
      "contract": [
        "input": version.record.input ?? .null, "output": version.record.output ?? .null,
      ],
      "includes": .list(
        includes.map { part in
          [
            "name": .string(part.include.name.text), "version": Field.text(part.include.version),
            "digest": Field.text(part.include.source),
            "source": .string(String(decoding: part.source, as: UTF8.self)),
          ]
        }),
    ]
  }
}
