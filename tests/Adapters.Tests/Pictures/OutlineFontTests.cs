using FuturesBot.Adapters.Pictures;
using Xunit;

namespace FuturesBot.Adapters.Tests.Pictures;

public sealed class OutlineFontTests
{
    private const string Cyrillic = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґ";

    public static TheoryData<string> Fonts => ["regular", "semibold", "bold"];

    [Theory, MemberData(nameof(Fonts))]
    public void Has_LettersThatWeWrite_AreThere(string name)
    {
        var font = Of(name);

        Assert.All(Cyrillic + "ABCXYZabcxyz0123456789−–—·+%.,:()…", character => Assert.True(font.Has(character), $"'{character}' is missing"));
    }

    [Theory, MemberData(nameof(Fonts))]
    public void AddText_OfEachCyrillicLetter_HasItsOwnOutline(string name)
    {
        // Letters that look alike: А A, В B and so on are one outline in two alphabets, not within one.
        var outlines = Cyrillic.Select(letter =>
        {
            var shape = new Shape();
            Of(name).AddText(shape, letter.ToString(), 0, 0, 1000);
            return string.Join(' ', shape.Points.Select(point => $"{point.X:0.##},{point.Y:0.##}"));
        }).ToArray();

        Assert.DoesNotContain("", outlines);
        Assert.Equal(Cyrillic.Length, outlines.Distinct().Count());
    }

    [Theory, MemberData(nameof(Fonts))]
    public void Width_OfDigits_IsTheSame(string name) =>
        Assert.Single("0123456789".Select(digit => Of(name).Width(digit.ToString(), 25)).Distinct());

    private static OutlineFont Of(string name) => name switch
    {
        "regular" => OutlineFont.Regular,
        "semibold" => OutlineFont.SemiBold,
        _ => OutlineFont.Bold,
    };
}
