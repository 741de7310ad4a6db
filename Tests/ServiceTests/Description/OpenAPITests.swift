import HTTP
import Notation
import Testing

@testable import Service

struct OpenAPITests {
  @Test func `operations on one path stand together`() {
    var read = Operation(.get, "/v1/things/{id}", id: "readThing", "One thing.")
    read.parameters = [
      Parameter("id", .path, .optional, "which", schema: ["type": "string"]),
      Parameter("limit", .query, .optional, "how many", schema: ["type": "integer"]),
    ]
    read.answers =
      [
        Answer(200, "the thing", .json, schema: ["type": "object"], headers: [.etag]),
        Answer(404, "none", .problem, schema: ["$ref": "#/components/schemas/Problem"]),
      ]
    var write = Operation(.post, "/v1/things/{id}", id: "writeThing", "Another thing.")
    write.body = ["type": "object"]
    write.access = .everybody
    let document = OpenAPI.document([read, write], version: "1.2.3")
    #expect(document["openapi"] == "3.1.0")
    #expect(document["info"]?["version"] == "1.2.3")
    let item = document["paths"]?["/v1/things/{id}"]
    #expect(item?.map?.keys == ["get", "post"])
    #expect(item?["get"]?["parameters"]?.list?[0]["required"] == true)
    #expect(item?["get"]?["parameters"]?.list?[1]["required"] == false)
    #expect(item?["get"]?["security"]?.list?.count == 2)
    #expect(item?["post"]?["security"] == [])
    #expect(
      item?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
        == ["type": "object"])
    let answers = item?["get"]?["responses"]
    #expect(answers?["200"]?["headers"]?["ETag"]?["required"] == true)
    #expect(
      answers?["404"]?["content"]?["application/problem+json"]?["schema"]
        == ["$ref": "#/components/schemas/Problem"])
    #expect(document["components"]?["schemas"]?["Problem"]?["required"]?.list?.count == 9)
  }
}
