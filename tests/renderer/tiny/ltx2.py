"""LTX-2: as LTX, with a language model that sees and a second stream that is heard."""

from typing import Any

from diffusers import (
    AutoencoderKLLTX2Audio,
    AutoencoderKLLTX2Video,
    FlowMatchEulerDiscreteScheduler,
    LTX2ConditionPipeline,
    LTX2VideoTransformer3DModel,
)
from diffusers.pipelines.ltx2 import LTX2TextConnectors, LTX2Vocoder
from transformers import Gemma3Config, Gemma3ForConditionalGeneration, GemmaTokenizer

from tests.renderer.tiny.parts import LETTERS, WIDTH

LATENT = 8  # channels
MELS = 16  # of the spectrogram
SOUND_LATENT = 2  # channels
RATE, HOP = 16_000, 160
SPOKEN = 2  # layers of the language model


def condition() -> LTX2ConditionPipeline:
    """Any latent frames may be given; sound comes with the frames."""
    return LTX2ConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_vae(),
        audio_vae=_audio_vae(),
        text_encoder=_gemma(),
        tokenizer=_tokenizer(),
        connectors=_connectors(),
        transformer=_transformer(),
        vocoder=_vocoder(),
    )


def _transformer() -> LTX2VideoTransformer3DModel:
    sound = SOUND_LATENT * MELS // 4
    return LTX2VideoTransformer3DModel(
        in_channels=LATENT,
        out_channels=LATENT,
        num_attention_heads=2,
        attention_head_dim=16,
        cross_attention_dim=32,
        audio_in_channels=sound,
        audio_out_channels=sound,
        audio_num_attention_heads=2,
        audio_attention_head_dim=8,
        audio_cross_attention_dim=16,
        audio_sampling_rate=RATE,
        audio_hop_length=HOP,
        num_layers=2,
        caption_channels=WIDTH,
        rope_double_precision=False,
    )


def _vae() -> AutoencoderKLLTX2Video:
    return AutoencoderKLLTX2Video(
        latent_channels=LATENT,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 16, 32),  # halved at each step up
        layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1),
        decoder_spatial_padding_mode="zeros",  # one latent of height has nothing to reflect
        spatial_compression_ratio=32,
        temporal_compression_ratio=8,
    )


def _audio_vae() -> AutoencoderKLLTX2Audio:
    return AutoencoderKLLTX2Audio(
        base_channels=SOUND_LATENT * MELS // 4,  # as many as a latent has, since it also sizes their mean
        ch_mult=(1, 1, 1),
        num_res_blocks=1,
        resolution=32,
        latent_channels=SOUND_LATENT,
        sample_rate=RATE,
        mel_hop_length=HOP,
        mel_bins=MELS,
    )


def _vocoder() -> LTX2Vocoder:
    return LTX2Vocoder(
        in_channels=2 * MELS,
        hidden_channels=16,
        upsample_kernel_sizes=[16, 15, 8],
        upsample_factors=[8, 5, 4],  # together a hop
        resnet_kernel_sizes=[3],
        resnet_dilations=[[1, 3]],
        output_sampling_rate=RATE,
    )


def _connectors() -> LTX2TextConnectors:
    heads: dict[str, Any] = {}
    for stream in ("video", "audio"):
        heads |= {
            f"{stream}_connector_num_attention_heads": 2,
            f"{stream}_connector_attention_head_dim": WIDTH // 2,
            f"{stream}_connector_num_layers": 1,
            f"{stream}_connector_num_learnable_registers": 8,
        }
    return LTX2TextConnectors(
        caption_channels=WIDTH, text_proj_in_factor=SPOKEN + 1, rope_double_precision=False, **heads
    )


def _tokenizer() -> GemmaTokenizer:
    """One token per letter."""
    tokens = ["<pad>", "<eos>", "<bos>", "<unk>", "\u2581", *LETTERS]
    return GemmaTokenizer(vocab={token: place for place, token in enumerate(tokens)}, merges=[], model_max_length=1024)


def _gemma() -> Gemma3ForConditionalGeneration:
    words = {
        "vocab_size": 256,
        "hidden_size": WIDTH,
        "intermediate_size": 32,
        "num_hidden_layers": SPOKEN,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "max_position_embeddings": 1024,
        "pad_token_id": 0,
        "eos_token_id": 1,
        "bos_token_id": 2,
    }
    sight = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 32,
        "patch_size": 16,
    }
    config = Gemma3Config(
        text_config=words,
        vision_config=sight,
        mm_tokens_per_image=4,
        boi_token_index=250,
        eoi_token_index=251,
        image_token_index=252,
    )
    return Gemma3ForConditionalGeneration(config).eval()
