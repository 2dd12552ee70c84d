namespace Pipeline.Models.Tests.Package.Manifest;

/// <summary>Manifests that reader and schema must agree on.</summary>
internal static class ManifestSamples
{
    /// <summary>The least that is accepted.</summary>
    public const string Smallest = """{ "input": { "resize": "tf-bilinear" } }""";

    /// <summary>Every key.</summary>
    public const string Whole = """
        {
          "$schema": "https://example.org/model.schema.json",
          "name": "flowers", "version": "3", "signature": "serving_default",
          "input": {
            "tensor": "input_1", "width": 224, "height": 192,
            "decode": "tensorflow", "orientation": "ignore", "color": "bgr", "alpha": "white", "truncated": "accept", "scale": 2,
            "fit": "short-side", "resizeTo": 256, "fraction": 0.875, "pad": [1, 2, 3],
            "resize": "tf1-bicubic", "alignCorners": true,
            "mean": [103.939, 116.779, 123.68], "std": [1], "layout": "nchw"
          },
          "output": { "tensor": "dense_1", "activation": "softmax", "top": 3, "labels": "assets/labels.txt",
                      "threshold": 0.3, "thresholds": { "weapon": 0.8 }, "ignore": ["background"] },
          "sha256": "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"
        }
        """;

    public static TheoryData<string> Accepted { get; } =
    [
        Smallest,
        Whole,
        Input("""
            "fit": "stretch", "resizeTo": 256, "fraction": 0.875, "pad": [0, 0, 0], "resize": "tf-bilinear", "alignCorners": false,
            "mean": [127.5, 127.5, 127.5], "std": [127.5, 127.5, 127.5]
            """),
        Input(""" "resize": "pil-box", "color": "gray", "mean": 0, "std": 255 """),
        Input(""" "resize": "pil-box", "color": "gray", "mean": [0.0], "std": [1e0], "fit": "contain", "pad": 17 """),
        Input(""" "resize": "cv-lanczos4", "width": 224.0, "height": 1, "mean": -0.5, "std": 0.000001 """),
        Input(""" "resize": "tf-mitchell-antialias", "fit": "central", "fraction": 1 """),
        Input(""" "resize": "tf1-nearest", "alignCorners": true, "width": 4096 """),
        Output(""" "threshold": 0, "thresholds": {}, "ignore": [], "top": 100 """),
        Output(""" "threshold": 1, "thresholds": { "ä \"b\" 猫": 1 }, "ignore": ["a", "a"], "top": 1, "labels": "l/..a/x.txt" """),
        """{ "input": { "resize": "tf-area" }, "output": {} }""",
    ];

    /// <summary>A manifest, and the paths of its errors in order.</summary>
    public static TheoryData<string, string[]> Refused { get; } = new()
    {
        { "[]", ["$"] },
        { "null", ["$"] },
        { "7", ["$"] },
        { "{}", ["$.input"] },
        { """{ "input": null }""", ["$.input"] },
        { """{ "input": "tf-bilinear" }""", ["$.input"] },
        { """{ "input": {} }""", ["$.input.resize"] },
        { """{ "input": { "resize": "tf-area" }, "output": [] }""", ["$.output"] },
        { """{ "input": { "resize": "tf-area" }, "nmae": "x", "Input": {} }""", ["$.nmae", "$.Input"] },
        { """{ "input": { "resize": "tf-area" }, "name": "two words", "version": 3, "signature": "", "sha256": "abc" }""", ["$.name", "$.version", "$.signature", "$.sha256"] },
        { """{ "input": { "resize": "tf-area" }, "name": "", "version": "", "signature": "a\u0007" }""", ["$.name", "$.version", "$.signature"] },
        { Input(""" "resize": "bilinear" """), ["$.input.resize"] },
        { Input(""" "resize": null """), ["$.input.resize"] },
        { Input(""" "resize": "tf-nearest-antialias" """), ["$.input.resize"] },
        { Input(""" "resize": "TF-bilinear", "wdith": 7 """), ["$.input.wdith", "$.input.resize"] },
        { Input(""" "resize": "tf-area", "width": 0, "height": 4097 """), ["$.input.width", "$.input.height"] },
        { Input(""" "resize": "tf-area", "width": 1.5, "height": "224" """), ["$.input.width", "$.input.height"] },
        { Input(""" "resize": "tf-area", "width": -1, "height": 1e300 """), ["$.input.width", "$.input.height"] },
        { Input(""" "resize": "tf-area", "decode": "opencv", "orientation": true, "color": "grey", "alpha": "keep", "truncated": false """),
            ["$.input.color", "$.input.decode", "$.input.orientation", "$.input.alpha", "$.input.truncated"] },
        { Input(""" "resize": "tf-area", "scale": 3, "fit": "fill", "layout": "NHWC" """), ["$.input.scale", "$.input.fit", "$.input.layout"] },
        { Input(""" "resize": "tf-area", "scale": "2" """), ["$.input.scale"] },
        { Input(""" "resize": "tf-area", "fit": "short-side" """), ["$.input.resizeTo"] },
        { Input(""" "resize": "tf-area", "fit": "central" """), ["$.input.fraction"] },
        { Input(""" "resize": "tf-area", "fit": "central", "fraction": 0 """), ["$.input.fraction"] },
        { Input(""" "resize": "tf-area", "fit": "central", "fraction": 1.01 """), ["$.input.fraction"] },
        { Input(""" "resize": "tf-area", "fit": "short-side", "resizeTo": 0 """), ["$.input.resizeTo"] },
        { Input(""" "resize": "tf-area", "resizeTo": 256, "pad": 0 """), ["$.input.fit"] },
        { Input(""" "resize": "tf-area", "fit": "contain", "pad": 256 """), ["$.input.pad"] },
        { Input(""" "resize": "tf-area", "fit": "contain", "pad": [0, 0] """), ["$.input.pad"] },
        { Input(""" "resize": "tf-area", "fit": "contain", "pad": [0, -1, 0.5] """), ["$.input.pad[1]", "$.input.pad[2]"] },
        { Input(""" "resize": "tf-area", "alignCorners": true """), ["$.input.alignCorners"] },
        { Input(""" "resize": "tf1-nearest", "alignCorners": "yes" """), ["$.input.alignCorners"] },
        { Input(""" "resize": "tf-area", "mean": 0 """), ["$.input.std"] },
        { Input(""" "resize": "tf-area", "std": [1] """), ["$.input.mean"] },
        { Input(""" "resize": "tf-area", "mean": [], "std": {} """), ["$.input.mean", "$.input.std"] },
        { Input(""" "resize": "tf-area", "mean": [1, 2], "std": [1, 0, "1"] """), ["$.input.mean", "$.input.std[1]", "$.input.std[2]"] },
        { Input(""" "resize": "tf-area", "mean": 1000001, "std": -1 """), ["$.input.mean", "$.input.std"] },
        { Input(""" "resize": "tf-area", "color": "gray", "mean": [1, 2, 3], "std": [1, 2, 3] """), ["$.input.mean", "$.input.std"] },
        { Output(""" "activation": "relu", "top": 0, "labels": "../labels.txt" """), ["$.output.activation", "$.output.top", "$.output.labels"] },
        { Output(""" "top": 101, "labels": "/labels.txt", "threshold": 1.1 """), ["$.output.top", "$.output.labels", "$.output.threshold"] },
        { Output(""" "labels": "a/./b", "threshold": "0.3" """), ["$.output.labels", "$.output.threshold"] },
        { Output(""" "labels": "a\\b", "threshold": -0.1 """), ["$.output.labels", "$.output.threshold"] },
        { Output(""" "labels": "a//b", "thresholds": [] """), ["$.output.labels", "$.output.thresholds"] },
        { Output(""" "labels": "..", "thresholds": { "a": 2, "b c": "x", "d": 0.5 } """),
            ["$.output.labels", "$.output.thresholds.a", "$.output.thresholds['b c']"] },
        { Output(""" "thresholds": { "": 0.5 }, "ignore": "background" """), ["$.output.thresholds", "$.output.ignore"] },
        { Output(""" "ignore": ["a", 7, ""], "labels": "c:/x" """), ["$.output.labels", "$.output.ignore[1]", "$.output.ignore[2]"] },
    };

    private static string Input(string keys) => $$"""{ "input": { {{keys}} } }""";

    private static string Output(string keys) => $$"""{ "input": { "resize": "tf-area" }, "output": { {{keys}} } }""";
}
