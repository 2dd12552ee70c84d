using System.Text;
using Pipeline.Imaging.Decoding;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class ImageSignatureTests
{
    [Theory]
    [InlineData("Just a text that somebody named .jpg")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("BM is how many a text begins")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("")]
    [InlineData("\0")]
    public void Recognize_OtherBytes_IsNoImage(string text)
    {
        var file = Encoding.Latin1.GetBytes(text);

        var error = Assert.Throws<UnknownImageException>(() => ImageSignature.Recognize(file));

        Assert.Equal(file.Length, error.FileLength);
        Assert.Contains("not an image", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "heic")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "heic")]
    [InlineData("\0\0\0\u001Cftypavif\0\0\0\0mif1avif", "avif")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "avif")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isomiso2", "mp4")]
    [InlineData("II*\0\u0008\0\0\0", "tiff")]
    [InlineData("MM\0*\0\0\0\u0008", "tiff")]
    [InlineData("\0\0\u0001\0\u0001\0\u0010\u0010\0\0\u0001\0\u0020\0\0\0\0\0\u0016\0\0\0", "ico")]
    [InlineData("\0\0\u0002\0\u0001\0\u0010\u0010\0\0\u0001\0\u0001\0\0\0\0\0\u0016\0\0\0", "cur")]
    [InlineData("\0\0\0\u000CjP  \r\n\u0087\n", "jpeg2000")]
    [InlineData("\u00FFO\u00FFQ", "jpeg2000")]
    [InlineData("\u00FF\n\u00FA", "jxl")]
    [InlineData("P6\n2 2\n255\n", "pnm")]
    [InlineData("%PDF-1.7\n", "pdf")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0\n", "eps")]
    [InlineData("8BPS\0\u0001", "psd")]
    [InlineData("DDS |", "dds")]
    [InlineData("\u001F\u008B\u0008\0", "gzip")]
    [InlineData("PK\u0003\u0004", "zip")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "svg")]
    [InlineData("\u00EF\u00BB\u00BF<?xml version=\"1.0\"?>\n<!-- drawn --><svg/>", "svg")]
    public void Recognize_OtherFormat_IsNamed(string text, string name)
    {
        var error = Assert.Throws<UnsupportedImageException>(() => ImageSignature.Recognize(Encoding.Latin1.GetBytes(text)));

        Assert.Equal(name, error.Format);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u00FF\u00D8\u00FF\u00E0", ImageFormat.Jpeg)]
    [InlineData("\u0089PNG\r\n\u001A\n", ImageFormat.Png)]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", ImageFormat.WebP)]
    [InlineData("GIF87a", ImageFormat.Gif)]
    [InlineData("GIF89a", ImageFormat.Gif)]
    [InlineData("BM\0\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0", ImageFormat.Bmp)]
    public void Recognize_DecodedFormat_IsFound(string text, ImageFormat format) =>
        Assert.Equal(format, ImageSignature.Recognize(Encoding.Latin1.GetBytes(text)));
}
