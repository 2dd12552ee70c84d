using Pipeline.Cli.Classifying;
using Pipeline.Worker.Classification;

namespace Pipeline.Cli.Tests.Classifying;

public sealed class ClassifyCsvTests
{
    [Fact]
    public void Write_Files_OneLineEachInTheOrderOfTheHeader()
    {
        var result = new ImageClassification(
            "tabby, \"cat\"", 0.5, [], new ModelIdentity("m", "1", "", "saved_model", null), new ImageFacts("png", 1, 1, 1, 1), new ClassificationTimings(default, default, default, false));

        var text = ClassifyCsv.Write(
            [new ClassifiedFile("a b.jpg", result, null, null), new ClassifiedFile("line\nend.jpg", null, "NOT_AN_IMAGE", "No picture.")]);

        Assert.Equal(
            "file,label,score,error,message\r\na b.jpg,\"tabby, \"\"cat\"\"\",0.5,,\r\n\"line\nend.jpg\",,,NOT_AN_IMAGE,No picture.\r\n", text);
    }
}
