"""Stable Video Diffusion: latents an eighth of the picture's sides, one for each frame; no words."""

from diffusers import (
    AutoencoderKLTemporalDecoder,
    EulerDiscreteScheduler,
    StableVideoDiffusionPipeline,
    UNetSpatioTemporalConditionModel,
)
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

SEEN = 32  # numbers that CLIP makes of the picture
TIME = 32  # numbers for each of frame rate, motion and noise
CHANNELS = 32  # the norms have as many groups


def first_frame() -> StableVideoDiffusionPipeline:
    """From a first frame, a frame rate and an amount of motion."""
    return StableVideoDiffusionPipeline(
        vae=_vae(), image_encoder=_clip(), unet=_unet(), scheduler=_scheduler(), feature_extractor=_processor()
    )


def _unet() -> UNetSpatioTemporalConditionModel:
    return UNetSpatioTemporalConditionModel(
        block_out_channels=(CHANNELS, CHANNELS),
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"),
        layers_per_block=1,
        cross_attention_dim=SEEN,
        addition_time_embed_dim=TIME,
        projection_class_embeddings_input_dim=3 * TIME,
        num_attention_heads=(2, 2),
        num_frames=5,
    )


def _vae() -> AutoencoderKLTemporalDecoder:
    return AutoencoderKLTemporalDecoder(
        block_out_channels=(CHANNELS,) * 4, down_block_types=("DownEncoderBlock2D",) * 4, layers_per_block=1
    )


def _clip() -> CLIPVisionModelWithProjection:
    config = CLIPVisionConfig(
        hidden_size=16,
        intermediate_size=16,
        projection_dim=SEEN,
        num_hidden_layers=1,
        num_attention_heads=2,
        image_size=224,  # the pipeline itself scales to it
        patch_size=56,
    )
    return CLIPVisionModelWithProjection(config).eval()


def _processor() -> CLIPImageProcessor:
    return CLIPImageProcessor(crop_size=224, size=224)


def _scheduler() -> EulerDiscreteScheduler:
    return EulerDiscreteScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        interpolation_type="linear",
        prediction_type="v_prediction",
        use_karras_sigmas=True,
        sigma_min=0.002,
        sigma_max=700.0,
        timestep_spacing="leading",
        timestep_type="continuous",
        steps_offset=1,
    )
